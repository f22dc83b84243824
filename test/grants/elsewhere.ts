/** Grants that only AWS asks for, by function and part, and where each is shown to be needed. */
const ELSEWHERE: readonly { readonly grant: RegExp; readonly why: string }[] = [
  {
    grant: /^(store-file: GetObject on in\/|(record-reply|change-message): GetObject on out\/)$/,
    why: 'a second put of a file asks what the first one stored: test/aws/s3-blobs.test.ts',
  },
];

/** Why no function in one process can need the grant. Undefined if one can. */
export function shownElsewhere(grant: string): string | undefined {
  return ELSEWHERE.find((one) => one.grant.test(grant))?.why;
}
