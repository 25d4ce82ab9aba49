export HUAWEICLOUD_SDK_AK=APSEMULATORACCESSKEY
export HUAWEICLOUD_SDK_SK=aps-emulator-secret-access-key
export APS_REGION=ap-southeast-1 APS_ENDPOINT=http://127.0.0.1:4010 APS_SPEED=100

# What would be done with each server of the group. Changes nothing.
npx @workspace-aps/cli rollout plan bc05da52-89df-45ba-8146-13fe3ce7c45a \
  --image f5d443de-a623-4950-a74d-569fe63c1f7a --max-unavailable 2 --plan plan.json

# Does it. Who is still there after ten minutes gets a message, and five minutes to save.
npx @workspace-aps/cli rollout start --plan plan.json --drain-timeout 10m --at-timeout logoff

# How far it has come; also while it runs, in another terminal.
npx @workspace-aps/cli rollout status --journal plan.json.journal

# Back to the image from before, in the same way.
npx @workspace-aps/cli rollout back --journal plan.json.journal --drain-timeout 10m --at-timeout logoff
