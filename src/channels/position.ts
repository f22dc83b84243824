import type { Location } from '#domain/message';

/** A place on the map, of numbers or of texts of numbers. Undefined if there is none at these degrees. */
export function positionOf(latitude: unknown, longitude: unknown): Location | undefined {
  const [north, east] = [degrees(latitude, 90), degrees(longitude, 180)];
  return north === undefined || east === undefined ? undefined : { latitude: north, longitude: east };
}

/** Rounded to the centimetre, because DynamoDB refuses numbers that are too close to zero. */
function degrees(value: unknown, most: number): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof given === 'number' && Math.abs(given) <= most ? Math.round(given * 1e7) / 1e7 : undefined;
}
