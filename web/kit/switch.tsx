import type { JSX } from 'preact';

/** Something that is on or off, and takes effect at once. */
export function Switch({
  label,
  isOn,
  onChange,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}): JSX.Element {
  return (
    <button type="button" role="switch" class="switch" aria-checked={isOn} onClick={() => onChange(!isOn)}>
      <span>{label}</span>
      <span class="switch-track" />
    </button>
  );
}
