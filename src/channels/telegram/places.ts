import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { defined, listed } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Location } from '#domain/message';

// The Bot API names no longest title or address.
const name = z.string().check(z.overwrite((text) => cut(text, 1024)));

const degrees = (most: number) =>
  z.number().check(
    z.minimum(-most),
    z.maximum(most),
    // Rounded to the centimetre, because DynamoDB refuses numbers that are too close to zero.
    z.overwrite((value) => Math.round(value * 1e7) / 1e7),
  );

const location = z.object({
  latitude: degrees(90),
  longitude: degrees(180),
  live_period: lenient(z.int().check(z.nonnegative())),
});

const venue = z.object({ location, title: lenient(name), address: lenient(name) });

/** A position: its coordinates, and whether somebody shares it for a time. */
export function locationOf(value: unknown): { location: Location; isLive: boolean } | undefined {
  const read = location.safeParse(value);
  if (!read.success) return undefined;
  const { latitude, longitude, live_period } = read.data;
  return { location: { latitude, longitude }, isLive: live_period !== undefined };
}

/** A place with a name. */
export function venueOf(value: unknown): Location | undefined {
  const read = venue.safeParse(value);
  if (!read.success) return undefined;
  const { title, address } = read.data;
  const { latitude, longitude } = read.data.location;
  return { latitude, longitude, ...defined({ title, address }) };
}

/** A position as text. */
export function placeText(value: unknown): string {
  const read = locationOf(value)?.location;
  return read ? `${read.latitude}, ${read.longitude}` : '';
}

/** The name and the address of a place. */
export function venueText(value: unknown): string {
  const { title, address } = venueOf(value) ?? {};
  return listed(title, address);
}
