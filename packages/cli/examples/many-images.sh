aps image create --from servers.csv --concurrency 5 --junit images.xml

# A run that was cut off goes on from its journal, and makes nothing twice.
aps image create --resume --journal servers.csv.journal
