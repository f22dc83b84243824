import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { QrCode } from '../../kit/qr-code.tsx';
import { t } from '../../words/words.ts';

/** A fresh link as a code for the camera of a phone. */
export function PhoneDialog({ link, onClose }: { link: string; onClose: () => void }): JSX.Element {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <Dialog title={t('shell.phone')} onClose={onClose}>
      <p>{t('shell.phone-how')}</p>
      <QrCode text={link} label={t('shell.phone-code')} />
      <Button
        icon={isCopied ? 'check' : 'copy'}
        onClick={() => void navigator.clipboard?.writeText(link).then(() => setIsCopied(true))}
      >
        {t(isCopied ? 'kit.copied' : 'shell.copy-link')}
      </Button>
    </Dialog>
  );
}
