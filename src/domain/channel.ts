/**
 * The states of a channel. `disabled`: the account switched it off; `unauthorized`: the messenger no longer accepts its
 * credentials; `blocked`: the messenger has blocked the account; `openelsewhere`: another program gets its messages.
 */
export const CHANNEL_STATES = ['active', 'disabled', 'unauthorized', 'blocked', 'openelsewhere'] as const;

/** The state of a channel. */
export type ChannelState = (typeof CHANNEL_STATES)[number];

/**
 * What a messenger says of the channel's account: that it is blocked, or no longer, and the level that says how many
 * people it may write to in a day. `time` is the messenger's (epoch ms).
 */
export interface ChannelReport {
  readonly isBlocked?: boolean;
  readonly tier?: string;
  readonly time: number;
}

/** The states that the account chooses. Only these are stored; the others are derived from the messenger's answers. */
export const WANTED_CHANNEL_STATES = ['active', 'disabled'] as const satisfies readonly ChannelState[];
