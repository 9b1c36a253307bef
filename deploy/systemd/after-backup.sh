#!/bin/sh -eu
# After mot-cua.age was made in the folder $1: keeps it under its day too, removes what is older than KEEP_BACKUPS_DAYS
# (14), and tells the time to node_exporter in the folder $2, where there is one (the alert MotCuaBackupOld).
cd "$1"
ln -f mot-cua.age "mot-cua-$(date +%F).age"
# On the last day they are gone, whatever minute each was made in.
find . -maxdepth 1 -name 'mot-cua-*.age' -mmin +$((${KEEP_BACKUPS_DAYS:-14} * 1440 - 720)) -delete
if [ -w "$2" ]; then
    umask 022
    printf 'mot_cua_backup_last_success_timestamp_seconds %s\n' "$(date +%s)" > "$2/mot_cua_backup.prom.new"
    mv "$2/mot_cua_backup.prom.new" "$2/mot_cua_backup.prom"
fi
