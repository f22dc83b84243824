/**
 * The states of a channel. `disabled`: the account switched it off; `unauthorized`: the messenger no longer accepts its
 * credentials; `openelsewhere`: another program gets its messages.
 */
export const CHANNEL_STATES = ['active', 'disabled', 'unauthorized', 'openelsewhere'] as const;

/** The state of a channel. */
export type ChannelState = (typeof CHANNEL_STATES)[number];

/** The states that the account chooses. Only these are stored; the others are derived from the messenger's answers. */
export const WANTED_CHANNEL_STATES = ['active', 'disabled'] as const satisfies readonly ChannelState[];
