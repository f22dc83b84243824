/** A step that failed. Its message is printed as it is, without a stack; the exit code is 1. */
export class StepError extends Error {}

/** Words that name nothing, or not one thing. The message is printed as it is; the exit code is 2. */
export class WrongWordsError extends Error {}
