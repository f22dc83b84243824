/** The users of the account, and links to their chats. */
export interface PeopleModel {
  /** A fresh link to the chats of that user. */
  linkOf(userId: string): Promise<string>;
}
