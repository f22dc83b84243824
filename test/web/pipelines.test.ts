import { expect, test } from 'vitest';
import { NOTHING_CHOSEN } from '../../web/core/chosen.ts';
import { isOwnId, ownId } from '../../web/core/own-id.ts';
import { channelsThatLose, nameless, trimmed } from '../../web/core/pipelines.ts';
import type { ChannelOfTeam, Pipeline, Place } from '../../web/settings-models/roles.ts';

const SALES: Pipeline = { id: 's', name: 'Sales', stages: [{ id: 's1', name: 'New' }] };
const REPAIRS: Pipeline = { id: 'r', name: 'Repairs' };

function channel(place: Place): ChannelOfTeam {
  return {
    channelId: 'c',
    name: 'Shop',
    chatType: 'telegram',
    stored: { chosen: { ...NOTHING_CHOSEN, place }, version: 1 },
  };
}

test.each([
  ['its pipeline goes', { pipelineId: 's', stageId: 's1' }, [REPAIRS], 1],
  ['its stage goes', { pipelineId: 's', stageId: 's1' }, [{ ...SALES, stages: [] }, REPAIRS], 1],
  ['a pipeline goes that it does not use', { pipelineId: 'r' }, [REPAIRS], 0],
  ['only names change', { pipelineId: 's', stageId: 's1' }, [{ ...SALES, name: 'Shop' }, REPAIRS], 0],
  ['it had lost its pipeline before', { pipelineId: 'x' }, [REPAIRS], 0],
  ['it uses none', {}, [], 0],
] as const)('a channel loses where its deals begin or not: %s', (_, place, after, many) => {
  expect(channelsThatLose([channel(place)], [SALES, REPAIRS], after).length).toBe(many);
});

test('names are stored without spaces around them, and an empty list of stages is none', () => {
  const written = [
    { id: 's', name: ' Sales ', stages: [{ id: 's1', name: ' New' }] },
    { id: 'r', name: 'Repairs', stages: [] },
  ];

  expect(trimmed(written)).toEqual([SALES, REPAIRS]);
});

test('what has no name is found, a name of spaces is none', () => {
  expect([...nameless([{ id: 's', name: ' ', stages: [{ id: 's1', name: '' }] }, REPAIRS])]).toEqual(['s', 's1']);
});

test('ids that were made here are known again, and those of a CRM are not', () => {
  expect([isOwnId(ownId('1-2')), isOwnId('17'), isOwnId('')]).toEqual([true, false, false]);
});
