import type { RolloutWords } from "../words/rollout.ts";
import type { ShownServer } from "./office.ts";

/** The servers as they are: each with its state, its users, and its image, in words and as a picture. */
export function Picture({
  words,
  servers,
}: {
  readonly words: RolloutWords;
  readonly servers: readonly ShownServer[];
}) {
  return (
    <ul class="rollout-servers" aria-label={words.servers}>
      {servers.map(({ name, phase, hasNewImage, users }) => (
        <li key={name} class={`rollout-server is-${phase}${hasNewImage ? " has-new" : ""}`}>
          <strong>{name}</strong>
          <span class="rollout-phase">{words.phases[phase]}</span>
          <span class="rollout-users" aria-hidden="true">
            {Array.from({ length: users }, (_, index) => (
              <i key={index} />
            ))}
          </span>
          <span>{words.users(users)}</span>
          <span class="rollout-image">{hasNewImage ? words.newImage : words.oldImage}</span>
        </li>
      ))}
    </ul>
  );
}
