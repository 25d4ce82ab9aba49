/** Every variable that the program reads beside those of options, and what for. */
export const variables: readonly (readonly [name: string, about: string])[] = [
  ["HUAWEICLOUD_SDK_AK", "access key id"],
  ["HUAWEICLOUD_SDK_SK", "secret access key"],
  ["HUAWEICLOUD_SDK_SECURITY_TOKEN", "security token of temporary keys"],
  ["HUAWEICLOUD_SDK_PROJECT_ID", "project, where neither option nor APS_PROJECT_ID is given"],
  ["HUAWEICLOUD_SDK_CREDENTIALS_FILE", "another place of the credentials file"],
  ["APS_CONFIG_FILE", "another place of the configuration file"],
  ["APS_METADATA_ENDPOINT", "another metadata service, which gives the keys of a cloud server"],
  [
    "APS_UPDATE_NOTICE",
    "on tells of a newer version: the npm registry is asked once a day at most; in a profile update_notice",
  ],
  ["NO_UPDATE_NOTIFIER", "set, no newer version is looked for, whatever a profile says; nor with CI"],
  ["APS_DEBUG", "1 logs every request, as --debug does"],
  ["APS_SPEED", "divides the times of an emulator on this machine; holds for no other endpoint"],
  ["HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "proxies, see aps help proxy"],
  ["NODE_EXTRA_CA_CERTS", "certificates to trust, see aps help proxy"],
  ["NO_COLOR, FORCE_COLOR", "switch colour off and on"],
  ["TZ", "the zone of times in tables"],
  ["CI, TERM", "no moving lines with CI, or with TERM=dumb"],
  ["GITHUB_ACTIONS, GITHUB_STEP_SUMMARY", "annotations of errors, and a summary of a job, on GitHub"],
];
