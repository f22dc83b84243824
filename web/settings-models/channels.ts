/** The channels of the account, and connecting them. */
// biome-ignore lint/suspicious/noEmptyInterface: grows with its screens
export interface ChannelsModel {}
