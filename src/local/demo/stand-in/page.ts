import { SAFE_HEADERS } from '#http/safe-headers';
import type { PlainAnswer } from '#local/server/gateway';
import { wordsFor } from './words.ts';

/** Nothing but its own files may come in, and no page may stand around it. */
const POLICY =
  "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A file of the page of the stand-in CRM. */
export function crmFile(type: 'html' | 'css' | 'javascript', body: string): PlainAnswer {
  const headers = { ...SAFE_HEADERS, 'content-type': `text/${type}; charset=utf-8`, 'content-security-policy': POLICY };
  return { status: 200, headers, body };
}

/** The page of the stand-in CRM, in the language of the browser. `root` is where it lies. */
export function crmDocument(root: string, acceptLanguage?: string): string {
  const { lang, say } = wordsFor(acceptLanguage);
  const words = JSON.stringify(say).replaceAll("'", '&#39;');
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/page.css">
<script type="module" src="${root}/page.js"></script>
</head>
<body>
<header>
  <h1>${say.title}</h1>
  <p>${say.about}</p>
</header>
<main data-root="${root}" data-words='${words}'>
  <section id="start" hidden>
    <h2>${say.start}</h2>
    <p>${say.startWhat}</p>
    <button type="button" id="connect">${say.connect}</button>
    <p id="connecting" role="status"></p>
  </section>
  <section id="play" hidden>
    <h2>${say.play}</h2>
    <form id="write">
      <label for="client">${say.writes}</label>
      <select id="client"></select>
      <input id="text" aria-label="${say.text}" autocomplete="off" maxlength="4096" value="${say.first}">
      <button>${say.send}</button>
    </form>
    <p>${say.open} <span id="people"></span> ${say.or} <button type="button" class="link" data-person="">${say.settings}</button>.</p>
    <p id="told" role="status"></p>
  </section>
  <section id="deals" hidden>
    <h2>${say.deals}</h2>
    <p class="none">${say.noDeals}</p>
    <ul></ul>
  </section>
  <section id="contacts" hidden>
    <h2>${say.contacts}</h2>
    <p class="none">${say.noContacts}</p>
    <ul></ul>
  </section>
</main>
</body>
</html>
`;
}

/** Its style. */
export const CRM_STYLE = `:root {
  color-scheme: light dark;
  font: 15px/1.45 system-ui, sans-serif;
  background: light-dark(#f4f5f7, #101114);
  color: light-dark(#16181d, #eceef2);
}
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
header p, .none, small { color: light-dark(#4d535e, #b3b8c2); margin: .25rem 0; }
section { margin-block: 1rem; padding: 1rem; border-radius: 10px; background: light-dark(#fff, #17181c); }
ul { display: grid; gap: .75rem; margin: 0; padding: 0; list-style: none; }
.who { display: flex; flex-wrap: wrap; gap: .5rem 1rem; }
li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .25rem 1rem; align-items: center; overflow-wrap: anywhere; }
li + li { padding-top: .75rem; border-top: 1px solid light-dark(#e6e8ec, #282a30); }
label { color: light-dark(#4d535e, #b3b8c2); font-size: .85rem; }
li:target { outline: 2px solid light-dark(#3355d1, #8ea6ff); outline-offset: 6px; border-radius: 6px; }
li > ol { grid-column: 1 / -1; margin: 0; padding: .5rem .75rem; border-radius: 6px; background: light-dark(#f4f5f7, #101114); list-style: none; white-space: pre-wrap; }
b { display: block; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
form input { flex: 1 1 14rem; }
button, select, input { min-height: 2.25rem; padding: .25rem .75rem; border: 1px solid light-dark(#8b919c, #6c727d); border-radius: 6px; background: light-dark(#fff, #202227); color: inherit; font: inherit; }
#connect, form button { border: 0; background: #3355d1; color: #fff; }
button.link { min-height: 0; padding: 0; border: 0; background: none; color: light-dark(#3355d1, #8ea6ff); text-decoration: underline; cursor: pointer; }
@media (width < 34rem) { li { grid-template-columns: minmax(0, 1fr); } }
`;
