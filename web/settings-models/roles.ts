/** Who gets which clients, and who may do what, in each channel. */
// biome-ignore lint/suspicious/noEmptyInterface: grows with its screens
export interface RolesModel {}
