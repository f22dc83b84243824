/** How a bucket is reached. */
export interface BucketPlace {
  readonly bucket: string;
  readonly region: string;
  /** An engine in the place of AWS. Its buckets are parts of its paths. */
  readonly endpoint?: string | undefined;
}

/** The address of a bucket, below which its keys are. */
export function bucketUrl({ bucket, region, endpoint }: BucketPlace): string {
  return endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
}
