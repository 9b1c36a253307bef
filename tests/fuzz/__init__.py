"""Whatever is sent to whatever address: `make fuzz`, and a short seeded run of it within `make test`."""
