import type { Poll, PollMedia, PollOption, PollOptionAdded, PollOptionDeleted } from '@grammyjs/types';
import { type Claimed, fieldsOf, isObject, labelled, lines, listOf, spaced, stringOf, wholeOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';
import type { NoFields } from '#no-fields';
import { withEntities } from './entities.ts';
import { fileOf, largestOf, liveFilesOf, mediaParts, songOf } from './files.ts';
import type { Tell } from './parts.ts';
import { nameOf } from './people.ts';
import { placeText, venueText } from './places.ts';
import { moment } from './times.ts';

// Telegram's limits are 300 characters, 100 characters and 12 options: https://core.telegram.org/bots/api#sendpoll
const MAX_QUESTION_LENGTH = 1024;
const MAX_OPTION_LENGTH = 256;
const MAX_OPTIONS = 50;

/** What a poll is asked with, and the files in it. */
interface Attached {
  readonly text: string;
  readonly files: readonly (Media | undefined)[];
}

/** A question with its options, everything else that a person reads in a poll, and its files. */
export function readPoll(value: unknown): Partial<Content> {
  const poll = fieldsOf<Poll>(value);
  if (typeof poll.question !== 'string') return {};
  const options = listOf(poll.options).map((option) => fieldsOf<PollOption>(option));
  const { text, files } = told(poll, options);
  return {
    poll: {
      question: cut(poll.question, MAX_QUESTION_LENGTH),
      options: options.slice(0, MAX_OPTIONS).map((option) => cut(stringOf(option.text), MAX_OPTION_LENGTH)),
    },
    text,
    ...mediaParts(files),
  };
}

/** The option that was added to a poll, or removed from it. */
export function pollOptionText(value: unknown, tell: Tell): string {
  const {
    option_text,
    option_text_entities,
    poll_message,
    option_persistent_id: _id,
    ...rest
  } = fieldsOf<PollOptionAdded | PollOptionDeleted>(value);
  rest satisfies NoFields;
  return lines(withEntities(option_text, option_text_entities), tell(poll_message));
}

function told(poll: Claimed<Poll>, options: readonly Claimed<PollOption>[]): Attached {
  const {
    question,
    question_entities,
    description,
    description_entities,
    explanation,
    explanation_entities,
    media,
    explanation_media,
    options: _options,
    correct_option_ids,
    is_closed,
    close_date,
    type,
    // Who may vote and how is for those who vote.
    id: _id,
    total_voter_count: _count,
    is_anonymous: _isAnonymous,
    allows_multiple_answers: _multiple,
    allows_revoting: _revoting,
    members_only: _membersOnly,
    country_codes: _countries,
    open_period: _period,
    ...rest
  } = poll;
  rest satisfies NoFields;
  const asked = attached(media);
  const explained = attached(explanation_media);
  const correct = new Set(listOf(correct_option_ids));
  const offered = options.map((option, index) => optionOf(option, correct.has(index)));
  const text = lines(
    withEntities(question, question_entities),
    withEntities(description, description_entities),
    asked.text,
    offered.map((option) => option.text),
    withEntities(explanation, explanation_entities),
    explained.text,
    type === 'quiz' ? '[quiz]' : '',
    is_closed === true ? '[closed]' : labelled('Closes', moment(close_date)),
  );
  return { text, files: [asked, ...offered, explained].flatMap(({ files }) => files) };
}

function optionOf(option: Claimed<PollOption>, isCorrect: boolean): Attached {
  const {
    text,
    text_entities,
    media,
    voter_count,
    added_by_user,
    added_by_chat,
    persistent_id: _id,
    addition_date: _date,
    ...rest
  } = option;
  rest satisfies NoFields;
  const added = nameOf(added_by_user) || nameOf(added_by_chat);
  const votes = wholeOf(voter_count) || undefined;
  const shown = attached(media);
  const said = spaced(
    `${isCorrect ? '✓' : '•'} ${withEntities(text, text_entities)}`,
    votes === undefined ? '' : `(${votes})`,
    added && `– ${added}`,
    shown.text,
  );
  return { text: said, files: shown.files };
}

/** What is attached to a part of a poll. At most one of the fields is there. */
function attached(value: unknown): Attached {
  // Most options have nothing, and looking for each kind of it takes time.
  if (!isObject(value)) return { text: '', files: [] };
  const { animation, audio, document, link, live_photo, location, photo, sticker, venue, video, ...rest } =
    fieldsOf<PollMedia>(value);
  rest satisfies NoFields;
  const files = [animation, audio, document, sticker, video].map(fileOf);
  const kinds = { animation, audio, document, photo: live_photo ?? photo, sticker, video };
  const kind = Object.entries(kinds).find(([, file]) => file !== undefined)?.[0];
  const text = spaced(
    kind && `[${kind}]`,
    songOf(audio),
    stringOf(fieldsOf<{ url: string }>(link).url),
    venueText(venue) || placeText(location),
  );
  return { text, files: [largestOf(photo), ...liveFilesOf(live_photo), ...files] };
}
