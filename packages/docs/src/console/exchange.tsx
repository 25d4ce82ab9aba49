import type { ConsoleWords } from "../words/console.ts";
import type { Exchange } from "./cloud.ts";
import { CodeBlock } from "./code-block.tsx";

/** Every request and its answer, as text; the last one is open. */
export function ExchangesView({ words, exchanges }: { words: ConsoleWords; exchanges: readonly Exchange[] }) {
  return (
    <section>
      <h2>{words.exchange}</h2>
      {exchanges.map((exchange, index) => (
        <details key={index} class="console-exchange" open={index === exchanges.length - 1}>
          <summary>
            <code>{exchange.method}</code> <code>{lastSegments(exchange.url)}</code>{" "}
            {exchange.answer?.status ?? words.noAnswer}
          </summary>
          <CodeBlock label={words.sent} text={requestText(exchange)} />
          <CodeBlock label={words.received} text={responseText(exchange) ?? words.noAnswer} />
        </details>
      ))}
    </section>
  );
}

/** The path of a URL after the version and the project, which not every path has. */
function lastSegments(url: string): string {
  return new URL(url).pathname.replace(/^\/v\d+\/([0-9a-f]{32}\/)?/, "");
}

/** A request as it is on the wire, with a body of JSON laid out for people. */
function requestText({ method, url, requestHeaders, requestBody }: Exchange): string {
  const { host, pathname, search } = new URL(url);
  return message(`${method} ${pathname}${search} HTTP/1.1`, [["host", host], ...requestHeaders], requestBody);
}

/** An answer as it is on the wire, with a body of JSON laid out for people; undefined when there was none. */
export function responseText({ answer }: Exchange): string | undefined {
  return answer === undefined ? undefined : message(`HTTP/1.1 ${answer.status}`, answer.headers, answer.body);
}

function message(first: string, headers: Exchange["requestHeaders"], body: string): string {
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return body === "" ? lines.join("\n") : `${lines.join("\n")}\n\n${laidOut(body)}`;
}

function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
