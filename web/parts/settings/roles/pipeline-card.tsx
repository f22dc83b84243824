import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ownId } from '../../../core/own-id.ts';
import { randomId } from '../../../core/random-id.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import type { Pipeline } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { Field } from '../kit/field.tsx';
import { keepFocus } from '../kit/focus.ts';

const LONGEST = 100;

/** One pipeline to be named, and its stages. `missing` has the ids of what has no name, and should. */
export function PipelineCard({
  pipeline,
  missing,
  onChange,
}: {
  pipeline: Pipeline;
  missing: ReadonlySet<string>;
  /** Undefined takes it away. */
  onChange: (pipeline: Pipeline | undefined) => void;
}): JSX.Element {
  const { id, name, stages = [] } = pipeline;
  const card = useRef<HTMLElement>(null);
  const focusField = (index: number) => card.current?.querySelectorAll('input')[index]?.focus();
  // What was just added is written in next.
  useLayoutEffect(() => {
    if (name === '') focusField(0);
  }, []);
  const many = useRef(stages.length);
  useLayoutEffect(() => {
    if (stages.length > many.current) focusField(stages.length);
    many.current = stages.length;
  }, [stages.length]);
  const problemOf = (of: string) => (missing.has(of) ? t('pipelines.nameless') : '');
  const withStages = (next: Pipeline['stages']) => onChange({ ...pipeline, stages: next ?? [] });
  const title = name.trim() || t('pipelines.new');
  return (
    <section ref={card} class="settings-card" aria-label={title}>
      <Field
        label={t('pipelines.name')}
        value={name}
        maxLength={LONGEST}
        problem={problemOf(id)}
        onText={(text) => onChange({ ...pipeline, name: text })}
      />
      {stages.length > 0 && (
        <ol class="roles-stages" aria-label={t('pipelines.stages', { name: title })}>
          {stages.map((stage, index) => (
            <li key={stage.id} class="roles-stage">
              <Field
                label={t('pipelines.stage', { number: index + 1 })}
                value={stage.name}
                maxLength={LONGEST}
                problem={problemOf(stage.id)}
                onText={(text) => withStages(stages.map((one) => (one.id === stage.id ? { ...one, name: text } : one)))}
              />
              <IconButton
                icon="close"
                label={t('pipelines.remove-stage', { number: index + 1, name: title })}
                onClick={() => {
                  withStages(stages.filter((one) => one.id !== stage.id));
                  keepFocus();
                }}
              />
            </li>
          ))}
        </ol>
      )}
      <div class="settings-buttons">
        <Button icon="plus" onClick={() => withStages([...stages, { id: ownId(randomId()), name: '' }])}>
          {t('pipelines.add-stage')}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            onChange(undefined);
            keepFocus();
          }}
        >
          {t('pipelines.remove', { name: title })}
        </Button>
      </div>
    </section>
  );
}
