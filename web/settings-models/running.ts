/** What runs: deliveries, assignments, acts, the receiver of events, and whether anybody waits. */
// biome-ignore lint/suspicious/noEmptyInterface: grows with its screens
export interface RunningModel {}
