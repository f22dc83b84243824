import type { JSX } from 'preact';
import { Dialog } from '../../../kit/dialog.tsx';
import { QrCode } from '../../../kit/qr-code.tsx';
import { t } from '../../../words/words.ts';
import { CopyRow } from '../kit/copy-row.tsx';

/** A fresh link to the chats of somebody: to be copied, scanned by a phone, or opened here. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('people.link-title', { name })} onClose={onClose}>
      <p>{t('people.link-how', { name })}</p>
      <CopyRow label={t('people.link-text')} text={link} />
      <QrCode text={link} label={t('people.link-code', { name })} />
      <a class="button button-main" href={link} target="_blank" rel="noreferrer" onClick={onClose}>
        {t('people.link-open')}
      </a>
    </Dialog>
  );
}
