/**
 * The states of a channel. `disabled`: the account switched it off; `unauthorized`: the messenger no longer accepts its
 * credentials; `blocked`: the messenger has blocked the account; `openelsewhere`: another program gets its messages; of a
 * phone behind the channel `init`: it is being linked, `qridle`: it is not linked, `phoneUnavailable`: it does not answer.
 */
export const CHANNEL_STATES = [
  'active',
  'disabled',
  'unauthorized',
  'blocked',
  'openelsewhere',
  'init',
  'qridle',
  'phoneUnavailable',
] as const;

/** The states of the link to a phone behind a channel. */
export const CHANNEL_LINKS = [
  'active',
  'init',
  'qridle',
  'phoneUnavailable',
  'openelsewhere',
] as const satisfies readonly ChannelState[];

/** The state of the link to a phone behind a channel. */
export type ChannelLink = (typeof CHANNEL_LINKS)[number];

/** The state of a channel. */
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** The states in which no phone is linked to the channel, or none answers: nothing can be sent. */
export const WITHOUT_PHONE: readonly ChannelState[] = ['init', 'qridle', 'phoneUnavailable'];

/**
 * What a messenger says of the channel's account: that it is blocked, or no longer, the level that says how many people
 * it may write to in a day, and the link to the phone behind it. `time` is the messenger's (epoch ms).
 */
export interface ChannelReport {
  readonly isBlocked?: boolean;
  readonly tier?: string;
  readonly link?: ChannelLink;
  readonly time: number;
}

/** The states that the account chooses. Only these are stored; the others are derived from the messenger's answers. */
export const WANTED_CHANNEL_STATES = ['active', 'disabled'] as const satisfies readonly ChannelState[];
