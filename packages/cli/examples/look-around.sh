# The request that would be sent. Nothing is sent. With --curl it is a signed curl command.
aps image create 25b1dd14-0c84-4558-aa57-03a6c54b8e75 --name office-2026-11 \
  --project-id a4da8115c9d8464ead3a38309130523f --dry-run

# The servers and the jobs that are there, for people and for programs.
aps server list
aps job list --job-type CREATE_SERVER_IMAGE --all --output json

# What an error code means, and what to do about it.
aps error APIGW.0301

# The least policy that allows these commands.
aps policy image create image wait
