import type { JSX } from 'preact';
import { t } from '../../../words/words.ts';
import type { GuideStep } from './guide-step.ts';
import { Marked } from './marked.tsx';

/** What to do over there in one step, in order, and where. */
export function WhatToDo({ step: { how, note, link } }: { step: GuideStep }): JSX.Element {
  return (
    <>
      <ol class="channel-how">
        {how.map((key) => (
          <li key={key}>
            <Marked text={t(key)} />
          </li>
        ))}
      </ol>
      {link && (
        <a class="button button-plain" href={link.href} target="_blank" rel="noreferrer">
          {t(link.words)}
        </a>
      )}
      {note && (
        <p class="settings-hint">
          <Marked text={t(note)} />
        </p>
      )}
    </>
  );
}
