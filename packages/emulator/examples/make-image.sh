# Token, recreate-image, wait for the job: with nothing but curl, as the vendor's documents show it.
project=a4da8115c9d8464ead3a38309130523f
server=25b1dd14-0c84-4558-aa57-03a6c54b8e75

token=$(curl --silent --fail --include "$EMULATOR/v3/auth/tokens?nocatalog=true" \
  --header 'Content-Type: application/json;charset=utf8' --data '
  { "auth": {
      "identity": { "methods": ["password"], "password": { "user": {
        "domain": { "name": "emulator-domain" }, "name": "emulator", "password": "aps-emulator-password" } } },
      "scope": { "project": { "name": "ap-southeast-1" } } } }' |
  tr -d '\r' | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: //p')

job=$(curl --silent --fail --request POST "$EMULATOR/v1/$project/image-servers/$server/actions/recreate-image" \
  --header "X-Auth-Token: $token" --header 'Content-Type: application/json' \
  --data '{ "name": "image_name_0508", "description": "This is an image recreate desc." }' |
  sed -n 's/.*"job_id":"\([0-9]*\)".*/\1/p')

# Twenty-five minutes pass.
curl --silent --fail "$EMULATOR/__emulator/clock" --data '{ "advanceMs": 1500000 }' > /dev/null

curl --silent --fail "$EMULATOR/v1/$project/image-server-jobs/$job" --header "X-Auth-Token: $token" |
  sed -n 's/.*"status":"SUCCESS".*"resource_id":"\([0-9a-f-]*\)".*/\1/p'
