"""Backup and restore: the whole site, database and uploads, in one zip file that either kind of database can read.

    manage.py backup                  → DATA_DIR/backups/yibao-20260101-030000.zip, while the site runs
    manage.py restore FILE --check    reads every byte and compares it with its checksum
    manage.py restore FILE            into an empty database and an empty uploads folder, nowhere else

Every table is a file of JSON lines, ordered by primary key, read in one snapshot. The manifest names each file with its
SHA-256 and the migrations the tables were at; the zip's comment is the SHA-256 of the manifest. A restore migrates to exactly
those migrations, fills the tables, reads every row back, compares the checksums, and only then migrates to today's.
So a backup of a laptop's SQLite restores into PostgreSQL: that is also the way from one machine to many.

Not in it: the signing key (DATA_DIR/secret.txt or SECRET_KEY). Without it people log in anew; nothing else depends on it.
"""
