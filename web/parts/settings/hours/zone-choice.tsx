import type { JSX } from 'preact';
import { Choice } from '../kit/choice.tsx';

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** The zone of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time zone by its name. One that goes by another name by now stays as it was chosen. */
export function ZoneChoice({
  label,
  zone,
  hint,
  problem,
  onChoose,
}: {
  label: string;
  zone: string;
  hint?: string;
  problem?: string;
  onChoose: (zone: string) => void;
}): JSX.Element {
  const all = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
  return (
    <Choice
      label={label}
      value={zone}
      options={all.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
      {...(hint !== undefined && { hint })}
      {...(problem !== undefined && { problem })}
      onChoose={onChoose}
    />
  );
}
