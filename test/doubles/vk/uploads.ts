import type { Answer, RawRequest } from '../http.ts';
import { type Given, needed, VkError, type VkWorld, wrong } from './world.ts';

/** Answers the calls about files to send, and takes the files. */
export function createUploads(world: VkWorld, base: () => string) {
  const ask = (as: string) => (given: Given) => {
    const peer = Number(needed(given, 'peer_id'));
    // https://github.com/negezor/vk-io/issues/479
    if (!world.people.has(peer)) throw new VkError(1, 'Unknown error occurred');
    return { upload_url: `${base()}/upload/${as === '' ? (given.type ?? 'doc') : as}`, album_id: -64, group_id: 0 };
  };

  /** The form has to have the file in the field of its kind. VK says so with words and without a code. */
  async function take({ url, headers, bytes }: RawRequest): Promise<Answer> {
    const [, , as = ''] = url.pathname.split('/');
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    const file = form.get(as === 'photo' ? 'photo' : 'file');
    if (!(file instanceof File)) return as === 'photo' ? empty() : no('no_file', 'no file');
    if (as === 'photo' && !/^image\/(?:jpeg|png|gif)$/.test(file.type)) return empty();
    if (as === 'audio_message' && !/^audio\//.test(file.type)) return no('bad_format', 'wrong format');
    if (as === 'doc' && /\.(?:mp3|exe)$/i.test(file.name)) return no('wrong_file_type', 'wrong file type');
    const key = `up${world.nextId()}`;
    world.uploaded.set(key, { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) });
    const body = as === 'photo' ? { server: 7, photo: key, hash: 'h1' } : { file: `${as}|${key}` };
    return { status: 200, body };
  }

  function savePhoto(given: Given) {
    needed(given, 'server');
    needed(given, 'hash');
    const key = needed(given, 'photo');
    const file = world.uploaded.get(key);
    if (!file) return wrong('photos_list is invalid');
    const [id, access_key] = [world.nextId(), `k${key}`];
    world.saved.set(`photo-${world.groupId}_${id}_${access_key}`, file);
    return [{ id, owner_id: -world.groupId, album_id: -64, access_key, sizes: [] }];
  }

  function saveDoc(given: Given) {
    const [as = '', key = ''] = needed(given, 'file').split('|');
    const file = world.uploaded.get(key);
    if (!file) throw new VkError(105, "Couldn't save file");
    const id = world.nextId();
    world.saved.set(`doc-${world.groupId}_${id}`, file);
    const made = { id, owner_id: -world.groupId, title: given.title, url: `${base()}/file/${id}` };
    return { type: as, [as]: made };
  }

  return { askPhoto: ask('photo'), askDoc: ask(''), take, savePhoto, saveDoc };
}

/** A photo that cannot be read leaves an empty list, and no error. */
function empty(): Answer {
  return { status: 200, body: { server: 7, photo: '[]', hash: 'h0' } };
}

function no(error: string, error_descr: string): Answer {
  return { status: 200, body: { error, error_descr } };
}
