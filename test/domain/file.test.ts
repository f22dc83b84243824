import { describe, expect, test } from 'vitest';
import { fileName, filesOf, nextFetchMs, withFileIds, withSameFiles } from '#domain/file';
import type { Content, ContentType } from '#domain/message';
import { contentUriOf } from '#media/content-uri';

const HOUR = 3_600_000;

describe('the name of a file', () => {
  test.each<[ContentType, object, string]>([
    ['image', {}, 'image.jpg'],
    ['image', { mimeType: 'image/webp' }, 'image.webp'],
    ['audio', { mimeType: 'audio/ogg; codecs=opus' }, 'audio.ogg'],
    ['audio', { mimeType: 'AUDIO/MPEG', name: 'Band – Song' }, 'Band – Song.mp3'],
    ['video', {}, 'video.mp4'],
    ['document', {}, 'file'],
    ['document', { mimeType: 'application/pdf' }, 'file.pdf'],
    ['document', { name: 'Счёт №5.pdf' }, 'Счёт №5.pdf'],
    ['document', { name: 'archive.tar.gz', mimeType: 'application/pdf' }, 'archive.tar.gz'],
    ['document', { name: '../../etc/passwd' }, '.._.._etc_passwd'],
    ['document', { name: 'a\\b\r\nc.txt' }, 'a_b__c.txt'],
    ['document', { name: 'invoice_\u202Efdp.exe' }, 'invoice_fdp.exe'],
    ['document', { name: 'חוזה\u200f.pdf' }, 'חוזה.pdf'],
    ['document', { name: '..' }, 'file'],
    ['document', { name: ' ' }, 'file'],
    ['document', { name: '' }, 'file'],
    ['document', { name: '\ud800.png' }, '\ufffd.png'],
    ['image', { mimeType: 'image/unknown' }, 'image'],
  ])('%s %j is %j', (type, media, name) => {
    expect(fileName(type, media)).toBe(name);
    const { pathname } = new URL(contentUriOf('https://konvert.example/prod', { file: 'F', name }));
    expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'prod', 'files', 'F', name]);
  });
});

const content: Content = {
  type: 'image',
  media: { fileId: 'a' },
  furtherMedia: [{ fileId: 'b', name: 'b.png' }, { name: 'without a file' }],
};

test('every file that the messenger gives out has an id of ours, and no other', () => {
  let last = 0;
  const named = withFileIds(content, () => `f${++last}`);
  expect(filesOf(named).map(({ file, part, name }) => [file, part, name])).toEqual([
    ['f1', 0, 'image.jpg'],
    ['f2', 1, 'b.png'],
  ]);
  expect(named.furtherMedia?.[1]).toEqual({ name: 'without a file' });
  expect(withFileIds({ type: 'text', text: 'x' }, () => 'f')).toEqual({ type: 'text', text: 'x' });
});

test('an edit keeps the ids of files that are the same', () => {
  const before: Content = {
    type: 'image',
    media: { fileId: 'a', file: 'f1' },
    furtherMedia: [{ fileId: 'b', file: 'f2' }],
  };
  const edited: Content = {
    type: 'image',
    media: { fileId: 'b', file: 'f3' },
    furtherMedia: [{ fileId: 'c', file: 'f4' }, { file: 'ours' }],
  };
  expect(filesOf(withSameFiles(edited, before)).map(({ file }) => file)).toEqual(['f2', 'f4', 'ours']);
});

describe('a file that was not to be had', () => {
  const failed = { storedAt: 0, tries: 1, isUnauthorized: false, afterSeconds: 0 };

  test.each([
    [1, 5_000],
    [2, 10_000],
    [8, 640_000],
    [9, 900_000],
    [5_000, 900_000],
  ])('after %i tries waits %i ms', (tries, ms) => expect(nextFetchMs({ ...failed, tries }, HOUR)).toBe(ms));

  test('waits as long as the messenger wants, but not longer than a queue can', () => {
    expect(nextFetchMs({ ...failed, afterSeconds: 60 }, 0)).toBe(60_000);
    expect(nextFetchMs({ ...failed, afterSeconds: 86_400 }, 0)).toBe(900_000);
  });

  test('is given up after a day, or after a week without credentials, but not before eight tries', () => {
    expect(nextFetchMs({ ...failed, tries: 100 }, 24 * HOUR - 1)).toBeDefined();
    expect(nextFetchMs({ ...failed, tries: 100 }, 24 * HOUR)).toBeUndefined();
    expect(nextFetchMs({ ...failed, tries: 7 }, 48 * HOUR)).toBeDefined();
    expect(nextFetchMs({ ...failed, tries: 8 }, 48 * HOUR)).toBeUndefined();
    const waiting = { ...failed, tries: 500, isUnauthorized: true };
    expect(nextFetchMs(waiting, 7 * 24 * HOUR - 1)).toBe(900_000);
    expect(nextFetchMs(waiting, 7 * 24 * HOUR)).toBeUndefined();
  });
});
