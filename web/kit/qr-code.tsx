import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A text as a code for the camera of a phone. What draws it is loaded when it is first shown. */
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element {
  const [modules, setModules] = useState<readonly (readonly boolean[])[]>();
  useEffect(() => {
    void import('uqr').then(({ encode }) => setModules(encode(text, { border: 0 }).data));
  }, [text]);
  return <div class="qr">{modules && <Modules modules={modules} label={label} />}</div>;
}

function Modules({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }): JSX.Element {
  const dots = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg viewBox={`0 0 ${modules.length} ${modules.length}`} shape-rendering="crispEdges" role="img" aria-label={label}>
      <path d={dots.join('')} />
    </svg>
  );
}
