export HUAWEICLOUD_SDK_AK=APSEMULATORACCESSKEY
export HUAWEICLOUD_SDK_SK=aps-emulator-secret-access-key

npx @workspace-aps/cli image create 25b1dd14-0c84-4558-aa57-03a6c54b8e75 \
  --name office-2026-11 --wait \
  --region ap-southeast-1 --endpoint http://127.0.0.1:4010
