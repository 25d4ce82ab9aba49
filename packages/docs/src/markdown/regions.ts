import iam from "@workspace-aps/spec/iam.json" with { type: "json" };
import type { Server } from "../contract/document.ts";
import type { Edition } from "../edition/edition.ts";
import { lookupWords } from "../words/lookup.ts";
import { code, type Page, table } from "./page.ts";

/** Every region with its hosts. */
export function regionsPage({ language, contract, documents }: Edition): Page {
  const words = lookupWords[language].regions;
  const iamServers = iam.servers as readonly Server[];
  const iamHosts = hostsOf(iamServers);
  const globalHost = iamServers.find(({ variables }) => variables?.region === undefined)?.url ?? "";
  const imageHosts = hostsOf(documents.images.servers);
  const rows = [...hostsOf(contract.servers)].map(([region, url]) => [
    code(region),
    code(url),
    code(iamHosts.get(region) ?? globalHost),
    code(imageHosts.get(region) ?? ""),
  ]);
  const body = [words.intro, table([words.region, words.service, "IAM", "IMS"], rows), words.project].join("\n\n");
  return { id: "regions", title: words.title, description: words.description(rows.length), body };
}

function hostsOf(servers: readonly Server[]): Map<string, string> {
  return new Map(
    servers.flatMap(({ url, variables }) =>
      (variables?.region?.enum ?? []).map((region) => [region, url.replace("{region}", region)] as const),
    ),
  );
}
