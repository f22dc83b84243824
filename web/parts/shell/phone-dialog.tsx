import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { t } from '../../words/words.ts';

/** A fresh link as a code for the camera of a phone. Its drawing is loaded only now. */
export function PhoneDialog({ link, onClose }: { link: string; onClose: () => void }): JSX.Element {
  const [modules, setModules] = useState<readonly (readonly boolean[])[]>();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    void import('uqr').then(({ encode }) => setModules(encode(link, { border: 0 }).data));
  }, [link]);
  return (
    <Dialog title={t('shell.phone')} onClose={onClose}>
      <p>{t('shell.phone-how')}</p>
      <div class="qr">{modules && <QrCode modules={modules} />}</div>
      <Button
        icon={isCopied ? 'check' : 'copy'}
        onClick={() => void navigator.clipboard?.writeText(link).then(() => setIsCopied(true))}
      >
        {t(isCopied ? 'kit.copied' : 'shell.copy-link')}
      </Button>
    </Dialog>
  );
}

function QrCode({ modules }: { modules: readonly (readonly boolean[])[] }): JSX.Element {
  const dots = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={t('shell.phone-code')}
    >
      <path d={dots.join('')} />
    </svg>
  );
}
