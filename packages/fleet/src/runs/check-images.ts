import { checkImages, type FleetImage } from "@workspace-aps/client";
import { type FleetRunImage, placeOf } from "../images/image.ts";
import { placeKey } from "../place.ts";
import { RunError } from "./run-error.ts";

/**
 * Holds all images of a run against the contract, and each other.
 *
 * @throws RunError with every problem, by account, region and project.
 */
export function checkRunImages(run: string, images: readonly FleetRunImage[]): void {
  if (!/^[\w.:-]{1,128}$/.test(run))
    throw new RunError(`A run is named by 1 to 128 letters, digits and . _ : - ; given was ${JSON.stringify(run)}.`);
  if (images.length === 0) throw new RunError(`Run ${run} names no image.`);
  const byPlace = new Map<string, FleetImage[]>();
  for (const image of images) {
    const key = placeKey(placeOf(image));
    const others = byPlace.get(key);
    if (others === undefined) byPlace.set(key, [image]);
    else others.push(image);
  }
  const problems = [...byPlace].flatMap(([key, those]) => problemsOf(key, those));
  if (problems.length > 0) throw new RunError(`Run ${run} was not submitted. Nothing was written.`, problems);
}

function problemsOf(place: string, images: readonly FleetImage[]): string[] {
  try {
    checkImages(images);
    return [];
  } catch (error) {
    return [`${place}: ${(error as Error).message}`];
  }
}
