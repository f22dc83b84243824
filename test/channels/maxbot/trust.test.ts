import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import type { FetchWith } from '#channels/channel';
import { MessengerUnreachableError } from '#channels/errors';
import { createMaxbot } from '#channels/maxbot/index';
import { RUSSIAN_TRUSTED_ROOT_CA } from '#channels/maxbot/root-ca';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { createTestRoot } from '#test/doubles/test-root';

// Trap 1 of MAX: its certificate is signed by a root that no machine has. https://github.com/love-apples/maxapi/issues/163

test('the root is the one of the ministry, alone: no intermediate, which ends in March 2027', () => {
  const { fingerprint256, ca, subject, issuer, validTo, publicKey, verify } = new X509Certificate(
    RUSSIAN_TRUSTED_ROOT_CA,
  );

  expect(fingerprint256).toBe(
    'D2:6D:2D:02:31:B7:C3:9F:92:CC:73:85:12:BA:54:10:35:19:E4:40:5D:68:B5:BD:70:3E:97:88:CA:8E:CF:31',
  );
  expect(subject).toContain('CN=Russian Trusted Root CA');
  expect({ ca, issuer, endsIn: new Date(validTo).getUTCFullYear() }).toEqual({
    ca: true,
    issuer: subject,
    endsIn: 2032,
  });
  expect(verify.call(new X509Certificate(RUSSIAN_TRUSTED_ROOT_CA), publicKey)).toBe(true);
  expect(RUSSIAN_TRUSTED_ROOT_CA.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
});

describe('a MAX with a certificate that nobody else trusts', () => {
  const ours = createTestRoot('Test Root');
  const fetchWith: FetchWith = ({ ca }) => createPublicFetch({ ca, refuses: () => false });
  const credentials = { botToken: MAX_TOKEN };
  let max: MaxDouble | undefined;

  afterEach(() => max?.stop());

  const start = async (tls = ours.tls) => {
    max = await startMax({ tls });
    return max.baseUrl;
  };

  test('is reached with its root', async () => {
    const apiUrl = await start();
    const { setup } = createMaxbot({ apiUrl, fetchWith, rootCa: ours.rootCa });

    expect(await setup.connect(credentials)).toMatchObject({ plainId: 'konvert_bot' });
  });

  test('is reached by nothing else in the process, not even afterwards', async () => {
    const apiUrl = await start();
    await createMaxbot({ apiUrl, fetchWith, rootCa: ours.rootCa }).setup.connect(credentials);

    await expect(fetch(`${apiUrl}/me`)).rejects.toThrow('fetch failed');
    await expect(createPublicFetch({ refuses: () => false })(`${apiUrl}/me`)).rejects.toThrow('fetch failed');
    const others = createMaxbot({ apiUrl });
    await expect(others.setup.connect(credentials)).rejects.toBeInstanceOf(MessengerUnreachableError);
  });

  test('is not trusted at an address that the credentials name', async () => {
    const apiBaseUrl = await start();
    const { setup } = createMaxbot({ fetchWith, rootCa: ours.rootCa });

    await expect(setup.connect({ ...credentials, apiBaseUrl })).rejects.toBeInstanceOf(MessengerUnreachableError);
  });

  test('is not trusted with a certificate of another root of the same name', async () => {
    const apiUrl = await start(createTestRoot('Test Root').tls);
    const { setup } = createMaxbot({ apiUrl, fetchWith, rootCa: ours.rootCa });

    await expect(setup.connect(credentials)).rejects.toBeInstanceOf(MessengerUnreachableError);
  });

  test('is not trusted by the root of the ministry, which is what counts if no other is given', async () => {
    const apiUrl = await start();

    await expect(createMaxbot({ apiUrl, fetchWith }).setup.connect(credentials)).rejects.toBeInstanceOf(
      MessengerUnreachableError,
    );
  });
});
