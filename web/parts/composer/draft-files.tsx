import { useEffect, useMemo } from 'preact/hooks';
import { IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { ChatModel } from '../../models.ts';
import { size } from '../../words/times.ts';
import { t } from '../../words/words.ts';

/** The files of the draft, in the order in which they are sent. */
export function DraftFiles({ chat }: { readonly chat: ChatModel }) {
  const files = chat.draft.files.value;
  if (files.length === 0) return null;
  return (
    <ul class="draft-files" aria-label={t('composer.files', { count: files.length })}>
      {files.map((file, index) => (
        <li key={`${index} ${file.name}`} class="draft-file">
          <Preview file={file} />
          <span class="file-words">
            <span class="file-name" dir="auto">
              {file.name}
            </span>
            <span class="file-size">{size(file.size)}</span>
          </span>
          <IconButton
            icon="close"
            label={t('composer.remove-file', { name: file.name })}
            onClick={() => {
              chat.draft.files.value = files.toSpliced(index, 1);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { readonly file: File }) {
  const url = useMemo(() => (file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined), [file]);
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  if (url !== undefined) return <img class="draft-file-preview" src={url} alt="" />;
  return (
    <span class="file-mark">
      <Icon name="file" />
    </span>
  );
}
