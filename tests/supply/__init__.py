"""What the source and a release are made of: no secrets, nothing known to be weak, licences that fit."""
