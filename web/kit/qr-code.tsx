import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A text as a code for a camera. Its drawing is loaded only now; without it nothing is shown. */
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element | null {
  const [modules, setModules] = useState<readonly (readonly boolean[])[]>();
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    void import('uqr').then(
      ({ encode }) => setModules(encode(text, { border: 0 }).data),
      () => setHasFailed(true),
    );
  }, [text]);
  return hasFailed ? null : <div class="qr">{modules && <Modules modules={modules} label={label} />}</div>;
}

function Modules({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }): JSX.Element {
  const dots = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg viewBox={`0 0 ${modules.length} ${modules.length}`} shape-rendering="crispEdges" role="img" aria-label={label}>
      <path d={dots.join('')} />
    </svg>
  );
}
