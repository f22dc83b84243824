// Made by `npm run client` from the description of the API (openapi.json). Do not edit.

export interface paths {
    "/webhooks/{transport}/{channelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a messenger asks whether an address is Konvert’s, before it sends anything there
         * @description Meta asks before it sends anything. A right verify token is answered with the challenge as text; a messenger that asks nothing has no such address (404).
         */
        get: operations["answerMessenger"];
        put?: never;
        /**
         * Where a messenger says what clients wrote; verified by the messenger’s own secret
         * @description Everything that is verified is 200 with the text `ok`, or what else the messenger wants to read: stored, known already, and ignored on purpose. A 5xx asks the messenger to deliver again; what was stored before is then recognised.
         */
        post: operations["receiveFromMessenger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reply to a client, or write first
         * @description 201 says that the message is stored, not that it was sent: what becomes of it is told by `statuses` events and in the history. One of three is sent: a text (with buttons, if wanted), a file by `contentUri`, or a template.
         *
         *     The chat is no longer unanswered for what `seenUpTo` stands for, and without it for all stored messages; with `clearUnanswered: false` it stays as it is. A `crmMessageId` that comes again within 60 seconds is refused, so a request that got no answer can be sent again. To an address that never wrote a chat is opened; whether a message reaches it is the messenger’s decision. In WhatsApp it takes a template, as does a client who has been silent for 24 hours.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/message/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a message that was sent through Konvert, for everybody
         * @description The messenger is called while the request waits; the history keeps the message with `isDeleted`. Telegram deletes for 48 hours; of the others MAX, VK, Avito and WhatsApp by QR code can. The same request once more is safe, also after a 5xx.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /**
         * Change the text or the file of a message that was sent through Konvert
         * @description The messenger is called while the request waits; then the history shows `isEdited`, and the receiver of events is told. The same request once more is safe, also after a 5xx. Telegram, MAX, VK and WhatsApp by QR code can change messages; one with buttons can only be deleted. `text` or `contentUri` is there, not both.
         */
        patch: operations["editMessage"];
        trace?: never;
    };
    "/v3/templates/whatsapp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The WhatsApp templates of the account’s channels
         * @description A template that several channels can send is listed once. What Meta said is remembered for ten minutes. Channels of which Meta does not answer are left out, and named in the header `Konvert-Missing-Channels`.
         */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address to upload a file to, for a message with its contentUri
         * @description `PUT` the bytes to `upload.url` with `upload.headers` and no key, within an hour and exactly `size` of them. Then send a message with `contentUri`. A file that no message took within a day is removed.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connected channels
         * @description States are `active`, `disabled`, `unauthorized` (it needs new credentials), `blocked` (the messenger has blocked the account), `openelsewhere` (another program gets the updates) and `phoneUnavailable` (no business connection may reply, or the phone behind the channel does not answer). Of WhatsApp by QR code also `qridle` (no phone is linked: scan the code) and `init` (it is being linked). Each hour messengers are asked whether they still call; one that does not is registered again, and with `deaf` that has failed.
         */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect a messenger account
         * @description The credentials are tried at the messenger, and its webhook is registered before the answer; if that fails nothing is stored. What has to be typed in at the messenger by hand is in the answer, and shown this once. On one machine without a public address a Telegram bot is polled.
         */
        post: operations["connectChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{channelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect a channel; its chats stay readable
         * @description Its webhook is 404 within 10 seconds.
         */
        delete: operations["deleteChannel"];
        options?: never;
        head?: never;
        /**
         * Rename a channel, give it new credentials, switch it off or on
         * @description New credentials have to be of the same account at the messenger, and change the secret of the webhook. A channel that is switched off drops what messengers deliver, and refuses to send.
         */
        patch: operations["changeChannel"];
        trace?: never;
    };
    "/v1/channels/{channelId}/webhook-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register the webhook under a new secret; the one before counts on for some minutes
         * @description The old secret counts for ten minutes more; for a channel that was registered by hand, for an hour.
         */
        post: operations["renewWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{channelId}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The link to the phone behind a channel, and the QR code to scan
         * @description Only of WhatsApp by QR code; `INVALID_REQUEST` for a channel without a phone. The bridge is asked each time, and begins to make a code if there is none: without `qr`, ask again. Whoever scans the code gets all messages, so show it to nobody else, and keep it nowhere. Ask every two seconds at most.
         */
        get: operations["getPhoneLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{channelId}/newest-message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest message that a client wrote in the channel: whether messages arrive
         * @description Shows that a channel which was just connected gets messages. Ask once a second at most. A message is told of within a second or two of the messenger’s call.
         */
        get: operations["getNewestMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users of the CRM, by name; with an offset, 100 of them
         * @description Without `offset` all users come at once.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Push users, at most 100; each takes the place of the one with its id
         * @description The array is checked whole before anything is stored. A user has no role until the settings of a channel give one. When the answer is there, nobody sees a chat by what was so before.
         */
        post: operations["pushUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user. The roles of the user rest until the user is pushed again
         * @description Pages of the user end. A contact or deal keeps the id.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/bulk_delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Delete users; the ids that nobody had come back */
        patch: operations["deleteUsers"];
        trace?: never;
    };
    "/v3/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contacts of the CRM, 100 at a time, by their ids
         * @description `count` is the number of all contacts. `limit` and `sort` are ignored.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Push contacts, at most 100; their chats follow before the answer
         * @description The array is checked whole before anything is stored, and a contact takes the place of the one with its id. `chatId` is the messenger’s id of the person: of WhatsApp the number in digits, of Telegram the id of the chat. A Telegram address may have a `username` only: the `chatId` follows when that person writes. Users may be pushed later.
         */
        post: operations["pushContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One contact */
        get: operations["getContact"];
        /** Change a contact; fields that are left out stay as they are */
        put: operations["changeContact"];
        post?: never;
        /** Delete a contact; the chats stay */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/contacts/bulk_delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Delete contacts; the ids that were unknown come back */
        patch: operations["deleteContacts"];
        trace?: never;
    };
    "/v3/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The deals of the CRM, 100 at a time, by their ids
         * @description `count` is the number of deals in the answer, as in the Wazzup API. `limit` and `sort` are ignored.
         */
        get: operations["listDeals"];
        put?: never;
        /**
         * Push deals, at most 100; their chats follow before the answer
         * @description The array is checked whole before anything is stored, and a deal takes the place of the one with its id. Its responsible user sees the chats of its contacts. Contacts may be pushed later. A deal without `closed` is open.
         */
        post: operations["pushDeals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/deals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One deal */
        get: operations["getDeal"];
        put?: never;
        post?: never;
        /** Delete a deal */
        delete: operations["deleteDeal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/deals/bulk_delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Delete deals; the ids that were unknown come back */
        patch: operations["deleteDeals"];
        trace?: never;
    };
    "/v3/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pipelines of the CRM */
        get: operations["listPipelines"];
        put?: never;
        /**
         * Load new pipelines of the CRM, and replace those with the same ids; the others stay
         * @description Each pipeline comes with all of its stages. `PUT /v1/pipelines` removes those that are not named.
         */
        post: operations["pushPipelines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace all pipelines of the CRM */
        put: operations["replacePipelines"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account; its key is shown this once
         * @description The key is 64 hexadecimal digits, and acts as the CRM of the account.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{accountId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an API key for an account that has lost its own; it is shown this once */
        post: operations["createKeyForAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Close a disabled account: everything of it is erased
         * @description Its webhooks are taken away from messengers and CRM, as far as these answer, then everything of it goes, from every table and with every file; nothing brings it back but a backup. Nobody can enable it from the answer on. A repeated request answers the same `erasureId`, until all is gone. `GET /v1/erasures/{erasureId}` reports it; the operator’s audit keeps that the account was closed.
         */
        delete: operations["closeAccount"];
        options?: never;
        head?: never;
        /**
         * Disable an account within 10 seconds, or enable it again
         * @description While an account is disabled its keys are 403 and nothing is sent; what clients write is still stored. What waited leaves within five minutes after it is enabled.
         */
        patch: operations["enableAccount"];
        trace?: never;
    };
    "/v1/account/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The API keys of the account, and when each was used last
         * @description Uses are noted once an hour.
         */
        get: operations["listKeys"];
        put?: never;
        /** Make another API key; it is shown this once */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key within 10 seconds; not the last one */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Administrative acts of the account; with the operator key, those of the operator
         * @description Work in chats and what a CRM pushes are no administrative acts.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{chatType}/{chatId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that Konvert knows of a person, page by page
         * @description Any id of the person will do: the answer holds all channels and all other ids of theirs, also those that a contact of the CRM has beside it. `next` of an answer goes into `after`, until it is null. A message that comes meanwhile is neither left out nor told twice. Drafts are not in it: users have not said them. The audit keeps that an export was begun, and not of whom.
         */
        get: operations["exportPerson"];
        put?: never;
        post?: never;
        /**
         * Erase everything that Konvert knows of a person, in all channels
         * @description By any of their ids in a messenger. From the answer on no list, history, search or event shows the person; what is stored follows within minutes. What they write afterwards is a new client’s. While one is under way, another request answers the same `erasureId`. A connected CRM keeps what it has.
         */
        delete: operations["erasePerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was erased within 90 days, the newest first; with the operator key, accounts */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures/{erasureId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an erasure is, or that it is done; with the operator key, of an account */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove that every chat follows from its messages, and mend those that do not
         * @description All accounts are looked at, while everything goes on. If such a check is under way, its id is answered. A smaller one runs by itself once a day.
         */
        post: operations["beginCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/checks/{checkId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a check has come, what it found and what it mended
         * @description What was found and could not be mended has a line in the log. A check is kept for 90 days.
         */
        get: operations["getCheck"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings of all channels, and the options of the account */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the options for all channels
         * @description Pages of `frameAncestors` may show ours in a frame, beside those of the CRMs that Konvert knows. After `retentionDays` what was said is forgotten with its files, once a day, unless a client waits for an answer to it; `null`, the default, keeps everything. `schedules` are hours by name: intervals of the days of a week in a zone, and dates with intervals of their own. One that is named replaces the one of that name from now on, what was before is not recounted; `null` takes one away that nobody has. `zone` is that of the account’s days. With the `version` that was read, nobody else’s change is replaced unseen.
         */
        patch: operations["changeOptions"];
        trace?: never;
    };
    "/v1/settings/channels/{channelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the settings of a channel: what happens to new clients, and who has which role
         * @description It replaces the settings of the channel whole. In `round-robin` a new client goes to the next user with `allowGetNewClients`, in `first-reply` to the user who answers first. Roles: a `seller` writes to their own clients, a `manager` (the head) sees and writes to all, an `auditor` sees all. Roles hold when the answer is there. `schedule` names the hours in which the channel is open; without it nothing changes, `null` is always open. `waiting` says after how many minutes of working time a client whom nobody answers goes to the next user, and the heads are told; without it nothing changes, `null` ends it. With the `version` that was read, nobody else’s change is replaced unseen; without it the last one wins.
         */
        put: operations["replaceChannelSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/channels/{channelId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a replacement of the settings would change for people; nothing is stored
         * @description The body is that of the replacement, and refused like that. `givenOut` is how many waiting clients it would give out to users in turn. `losesSight` are the users who would no longer see chats of the channel that they see now, those of clients who are given out to others included. It looks at 10,000 chats and 1,000 waiting ones at most; with `atLeast` there are more, and no figure is too large.
         */
        post: operations["previewChannelSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is on, why, and until when
         * @description The CRM sees all users, a head those who have a role in their channels, any other user themselves. A status is a word of the user, a head, the CRM or Konvert, until it ends; else what the user’s schedule says; else `on`. It never depends on a browser. `duty` says whether it matters: who only `watches` receives nobody, whatever their status.
         */
        get: operations["listTeam"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say that a user is on or away
         * @description The user, a head of one of their channels, or the CRM says it. Who is away gets no new clients and no returned ones, and keeps, sees and answers their own. Without `until`, `away` lasts to the next begin of the user’s shift, `on` to the next end of one; without a schedule it lasts until another word. With `return: true` the user’s new clients who wait for a first answer go to the next user in 30 s, unless somebody replies before.
         */
        put: operations["setUserStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a user one of the schedules of the account, or none
         * @description A head of one of the user’s channels, or the CRM gives it; not the user. While the schedule is closed the user is away, unless somebody says otherwise.
         */
        put: operations["setUserSchedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where events go, and which
         * @description No answer shows `crmKey`.
         */
        get: operations["getReceiver"];
        put?: never;
        /** The same as PATCH */
        post: operations["registerReceiverByPost"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Register the address that gets events, and choose which
         * @description The address is called with `{"test": true}` before anything is stored, and has to answer exactly 200 within 25 seconds. Without `webhooksUri` the stored one stays. All switches off is not probed: so the deliveries to a dead address can be stopped. A first registration holds at once, a change within 10 seconds.
         */
        patch: operations["registerReceiver"];
        trace?: never;
    };
    "/v1/webhooks/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret that signs events; the former one signs beside it for a day
         * @description The secret signs every call by the rules of [Standard Webhooks](https://www.standardwebhooks.com), and is shown this once. It needs no body.
         */
        post: operations["createSigningSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call the registered address once with `{"test": true}`, and say what it answered
         * @description It has the headers of an event, 25 seconds to answer, and changes nothing. `status` is that of the answer; without one, `reason` says why: `TIMEOUT`, `PRIVATE_ADDRESS`, or the code of a failed connection. It needs no body.
         */
        post: operations["testReceiver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last answers of the registered address, to events and tests alike, the newest first
         * @description About twenty. An answer that was not noted before a crash is missing; its events are sent again.
         */
        get: operations["listReceiverAnswers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/crm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The CRM of the account, and how the connection stands
         * @description No answer shows credentials or tokens.
         */
        get: operations["getCrm"];
        put?: never;
        /**
         * Connect the CRM of the account
         * @description With a token, the connection is tried before the answer: who we are there, what Konvert needs there, users and pipelines. Where a person has to consent, `authorizeUrl` is to be opened in a browser within ten minutes, and the state stays `connecting` until then. An account has one CRM.
         */
        post: operations["connectCrm"];
        /**
         * Disconnect the CRM; users, contacts and deals stay as they are
         * @description What Konvert has registered for itself in the CRM is taken away, if the CRM answers.
         */
        delete: operations["disconnectCrm"];
        options?: never;
        head?: never;
        /**
         * Give new credentials, or switch the connection off and on
         * @description New credentials have to be of the same account of the CRM, and are tried as in `POST /v1/crm`. While the connection is off, nothing is sent to the CRM and nothing is taken from it; what waits stays.
         */
        patch: operations["changeCrm"];
        trace?: never;
    };
    "/v1/crm/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load users and pipelines from the CRM now
         * @description It needs no body. Without a call it happens once an hour. If the CRM takes longer than 25 s, the answer is 202: it goes on by itself, and `refreshing` of `GET /v1/crm` is true until it is done.
         */
        post: operations["refreshCrm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/crm/callback/{crm}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the CRM sends the browser of a person who has consented, or has not
         * @description The query is the CRM’s own. Its `state` is that of `authorizeUrl`, and is good once within ten minutes. The browser is sent to the settings: `#/settings/crm/connected`, or `#/settings/crm/refused/<code>`.
         */
        get: operations["returnFromCrm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/crm/{crm}/{connectionId}/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a CRM says that its integration was taken away
         * @description amoCRM calls it so, and signs `account_id` and `client_uuid` of the query with the secret key of the integration. The grant ends at once, and nothing is lost. What is verified is 200 with the text `ok`.
         */
        get: operations["receiveLeaveFromCrm"];
        put?: never;
        /**
         * Where a CRM says what has changed in it
         * @description The address holds a secret, and the CRM proves itself in its own way. A hook only rings: what it names is read from the CRM anew. Everything that is verified is 200 with the text `ok`.
         */
        post: operations["receiveFromCrm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/frame/{crm}/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a CRM opens the page in a frame of its own (P4)
         * @description The request has to prove who looks, as the CRM signs it; a proof that the CRM gives for one request is taken once. A browser (`Accept: text/html`) is sent to the page by a link that is good once, or told in its language why not. A program is answered with the link: `{"url"}`.
         */
        get: operations["openFrame"];
        put?: never;
        /** The same as GET */
        post: operations["openFrameByPost"];
        delete?: never;
        /**
         * What a browser asks before a page of the CRM calls by a script (CORS)
         * @description Pages of the connected account of the CRM may call. Others get no leave.
         */
        options: operations["askFrame"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/unanswered/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many messages wait in the chats that a user sees
         * @description `red` means that one of the chats is the user’s to answer. Nothing that waits is `0` and null. Unlike Wazzup’s, it counts older messages than those of seven days, too.
         */
        get: operations["countUnanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chats, the longest waiting first, then the rest
         * @description With `Konvert-User` the chats that the user sees, else all. Chats that wait come first, the one that waits longest on top. Ask again with `nextCursor` until there is none: a page may be shorter than asked.
         */
        get: operations["listChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One chat */
        get: operations["getChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say that no reply is needed to what was seen, or take that back
         * @description With `true`, `seenUpTo` is needed: a message that came meanwhile still waits.
         */
        put: operations["setNoReplyNeeded"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}/responsible": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hand the client over to another user
         * @description A head, the responsible user or the CRM may do it. A contact that Konvert keeps is changed; what the CRM pushes later counts more.
         */
        put: operations["handOver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history of a chat, newest last
         * @description `before` of an answer leads to older messages. A reply sends `seenUpTo` back, so that it answers only what its writer has seen.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why users became responsible for clients, the newest first; for a user, of a chat that they see
         * @description Without a chat the log of the account, for the CRM only. `channelId`, `userId` (who became responsible) and `rule` narrow it. With `channelId`, `chatType` and `chatId` those of one client, at most 50, also for users who see the chat.
         */
        get: operations["listAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long clients waited for answers, and who answered them
         * @description A wait begins with a client message while nothing older is open, and ends with the first answer that covers it. It belongs to the day, hour and channel in which it began. The days are those of the `zone`, the last week unless `from` and `to` say otherwise, at most 400. Only `answered` waits have times; what was closed by `noReplyNeeded` or by an automatic text (`auto`) is counted beside them. A head gets the channels that they see, a seller what they did themselves, an API key and the settings all.
         */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/channels/{channelId}/would-return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a setting of the timer would have done in the last days; nothing is stored
         * @description It plays the setting over the waits that ended in the channel. `wouldReturn` are waits whose client would have gone to another user, `wouldPool` those that would have fallen into the pool, `wouldTell` those of which heads would have been told. The warning `ANSWERED_BY_PHONE` says that `awayAfterReturns` is off here: of the latest 200 waits of the last seven days more than a third of the answers came from phones, and a user who answers only there gives no sign of life.
         */
        get: operations["tryReturns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits: the client who has waited longest, clients without anybody, and what does not leave
         * @description A chat is without anybody if none of its responsible users may write in its channel: those who receive new clients see it. `lanes` are the targets for which something waits, as in `GET /v1/deliveries`, those that have waited longest first; what waits for less than ten seconds, and has not failed, is not among them. `deafChannels` are those that their messengers do not call, though they were registered again.
         */
        get: operations["getAccountHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What failed for good, or still waits to leave
         * @description A `reply` has its chat as the target, `channelId#chatType#chatId`; all events have `webhook`. What a connected CRM has to be told, and what has to be read from it (`news`), have `crm`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again everything that failed for a target, and hasten what waits
         * @description They leave in their order. `count` is how many were put back.
         */
        post: operations["retryTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send events once more that the CRM has taken, under the same ids
         * @description Events that were taken are kept for seven days; an earlier `from` is refused with the earliest one. Creations and replies are not replayed.
         */
        post: operations["replayEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{deliveryId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it again, now
         * @description A user may do it for a message of a chat in which they may write: the history has its `deliveryId`.
         */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{file}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of a message, by its contentUri. A large one is answered with 302, one that is still coming with 503
         * @description The address is the right to read the file: it needs no key. One range is answered with 206. A file above 4 MB leads to another address, which is good for 15 minutes. While the file is on its way from the messenger the answer waits for five seconds, and then is 503 with `Retry-After`.
         */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** The type and the size of a file */
        head: operations["headFile"];
        patch?: never;
        trace?: never;
    };
    "/v3/iframe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address that shows a user all their chats, or those of one card, once
         * @description The address goes into the `src` of a frame: `<iframe src="…" allow="microphone *; clipboard-write *">`. It opens once, within ten minutes. The user has to be pushed before; their name is the stored one. A card is a view and no right: roles decide what the user may see.
         */
        post: operations["openChatWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address that opens the chats of a user, or the settings, once
         * @description Either `userId`, with the `activeChat` to open if there is one, or `settings: true`. A link to the settings takes the API key; a user makes links for themselves only.
         */
        post: operations["createPageLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Spend a link for a token of the page
         * @description The token ends after 12 hours without use.
         */
        post: operations["createPageToken"];
        /**
         * Sign out: the token, and the session of its device
         * @description It takes a token of the page. An API key is ended by `DELETE /v1/account/keys/{keyId}`.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page-tokens/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The next token of a device that was signed in outside a frame
         * @description For the page itself: the device is known by its cookie, and `Origin` has to be our own.
         */
        post: operations["renewPageToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looks, at what, and what there is to choose from */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices that are signed in: one’s own, or all with a token of the settings page */
        get: operations["listDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{deviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a device out */
        delete: operations["endDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doorbells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The address of a socket that rings when a chat in sight changes
         * @description The ticket in the address opens one socket within 60 seconds. 404 if `GET /v1/me` says `doorbell: null`.
         */
        post: operations["createDoorbell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}/still-owed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say that an answer is still owed, or take that back
         * @description With `true` the client’s newest message waits again, as of now, until somebody answers; in a chat in which the client wrote nothing it is refused.
         */
        put: operations["setStillOwed"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{channelId}/{chatType}/{chatId}/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The deals of the client for which the user is responsible */
        get: operations["listDealsOfChat"];
        put?: never;
        /**
         * Ask for one more deal with the client
         * @description It takes a user. The CRM is asked by `createDeal`; without one that listens Konvert keeps the deal itself. A second request within a minute adds nothing.
         */
        post: operations["askForDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{channelId}/{chatType}/{chatId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One’s own unsent text in a chat
         * @description It takes a user (`Konvert-User`).
         */
        get: operations["getDraft"];
        /**
         * Keep one’s own unsent text
         * @description It takes a user (`Konvert-User`). The last one stays, for 90 days; an empty one is dropped.
         */
        put: operations["putDraft"];
        post?: never;
        /**
         * Drop one’s own unsent text
         * @description It takes a user (`Konvert-User`).
         */
        delete: operations["deleteDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quick-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The quick replies of the account */
        get: operations["listQuickReplies"];
        /**
         * Replace the quick replies of the account
         * @description The CRM or a user who may write in some channel replaces them all. Without `version` the last one wins. At most 200, with 100,000 characters together; the caller makes the ids.
         */
        put: operations["replaceQuickReplies"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/push-subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Let a browser of the user be woken by Web Push
         * @description It takes a user (`Konvert-User`). The caller makes the `id`, and subscribes with the `pushKey` of `GET /v1/me`. A push has no payload. Of the 21st subscription of a user the oldest makes way. `endpoint` is one of Google’s, Mozilla’s, Apple’s or Microsoft’s push services. `notices` and `outsideHours` stay as they were chosen before if they are left out; at first they are `all` and false.
         */
        put: operations["putPushSubscription"];
        post?: never;
        /**
         * End the waking of a browser
         * @description It takes a user (`Konvert-User`). There may be none.
         */
        delete: operations["deletePushSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a browser that was woken by Web Push has to show to its user
         * @description It takes a user (`Konvert-User`). Of the hundred chats that the user sees and that wait longest, by their ids. No name and no text.
         */
        get: operations["getNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads to the page */
        get: operations["openRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page of an account
         * @description The same document for everybody. The secret of a link is in the fragment of its address, which no browser sends.
         */
        get: operations["getPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/page/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the page */
        get: operations["getPageFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether Konvert answers */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["getDescription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A guide, and this description to read */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of that page */
        get: operations["getDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address is being registered, and has to answer 200 */
        post: operations["onTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody wrote, or what became of a message */
        post: operations["onMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    channelsUpdates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The state of a channel changed, or its tier */
        post: operations["onChannelsUpdates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    templateStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A messenger decided about a template */
        post: operations["onTemplateStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    assignments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody became responsible for a client, and why */
        post: operations["onAssignments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    waiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A client has waited so long that heads are told */
        post: operations["onWaiting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new client has a responsible user, and needs a contact in the CRM */
        post: operations["onCreateContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    createDeal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A client needs a deal in the CRM */
        post: operations["onCreateDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Whether the account is enabled. */
        Account: {
            accountId: string;
            enabled: boolean;
        };
        /** @description Whether the account is enabled. */
        AccountChange: {
            enabled: boolean;
        };
        AccountDisabledOrChatNoAccessOrForbidden: {
            /** @enum {string} */
            error: "ACCOUNT_DISABLED" | "CHAT_NO_ACCESS" | "FORBIDDEN";
            /** @description For people */
            description: string;
        };
        AccountDisabledOrForbidden: {
            /** @enum {string} */
            error: "ACCOUNT_DISABLED" | "FORBIDDEN";
            /** @description For people */
            description: string;
        };
        /** @description What waits in an account. */
        AccountHealth: {
            oldestUnanswered: components["schemas"]["OldestUnanswered"] | null;
            waitingWithoutAnybody: components["schemas"]["WaitingWithoutAnybody"];
            /** @description What does not leave as it should, the longest waiting first; at most 20 */
            lanes: components["schemas"]["WaitingLane"][];
            /**
             * @description More may wait to leave
             * @constant
             */
            moreLanes?: true;
            deafChannels?: components["schemas"]["DeafChannel"][];
        };
        AccountNotFoundOrNotFound: {
            /** @enum {string} */
            error: "ACCOUNT_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description The options of the account, and the settings of its channels by their ids. */
        AllSettings: {
            notifyHeadsAboutAllMessages: boolean;
            saveMessagesToTimeline: boolean;
            frameAncestors: string[];
            retentionDays: number | null;
            schedules: {
                [key: string]: components["schemas"]["StoredHours"];
            };
            zone: string;
            /** @description That of the options; each channel has its own */
            version: number;
            channels: {
                [key: string]: components["schemas"]["ListedSettings"];
            };
        };
        /** @description A call of a receiver, and what it answered. */
        AnsweredCall: {
            /** Format: date-time */
            at: string;
            tookMs: number;
            /** @description Absent if there was no answer */
            status?: number;
            /** @description Why there was no answer: TIMEOUT, PRIVATE_ADDRESS or the code of a failed connection */
            reason?: string;
            /** @description How many events were in the call; a test has none */
            events: number;
        };
        /** @description The last answers of a receiver, the newest first. */
        AnsweredCalls: {
            answers: components["schemas"]["AnsweredCall"][];
        };
        AskForDealConflict: {
            /** @enum {string} */
            error: "NO_CONTACT";
            /** @description For people */
            description: string;
        };
        /** @description Why a user became responsible for a client. */
        Assignment: {
            assignmentId: string;
            /** Format: date-time */
            at: string;
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /** @description What the client is called by now */
            name: string;
            contactId: string | null;
            userId: string | null;
            /** @enum {string} */
            rule: "round-robin" | "first-reply" | "unsorted" | "waiting" | "handed-over" | "returned";
            /** @description The user’s place in the rotation, from 1; null without a turn */
            place: number | null;
            /** @description The users who got no turn */
            passedOver: components["schemas"]["PassedOver"][];
            from?: string;
            waitedMinutes?: number;
        };
        /** @description Why a user became responsible for a client. */
        AssignmentEvent: {
            assignmentId: string;
            /** Format: date-time */
            at: string;
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /** @description Absent as long as the client has no contact */
            contactId?: string;
            /** @description Who is responsible from then on; absent if nobody is, and the client is in the pool */
            userId?: string;
            /** @enum {string} */
            rule: "round-robin" | "first-reply" | "unsorted" | "waiting" | "handed-over" | "returned";
            /** @description The place in the rotation, from 1, or in the order of returns; absent without a turn */
            place?: number;
            passedOver: components["schemas"]["PassedOver"][];
            /** @description Of a return: who was responsible, and did not answer */
            from?: string;
            /** @description Of a return: after how many working minutes */
            waitedMinutes?: number;
        };
        /** @description A page of at most 50. It may be empty and not the last. */
        AssignmentList: {
            assignments: components["schemas"]["Assignment"][];
            nextCursor?: string;
        };
        /** @description Why users became responsible for clients. */
        AssignmentsEvent: {
            assignments: components["schemas"]["AssignmentEvent"][];
        };
        /** @description A page of at most 50 administrative acts, the newest first. */
        Audit: {
            entries: components["schemas"]["AuditEntry"][];
            nextCursor?: string;
        };
        /** @description An administrative act. */
        AuditEntry: {
            /** Format: date-time */
            at: string;
            /** @description The id of an API key, operator, user: and the id of a user, or konvert itself */
            actor: string;
            /** @enum {string} */
            act: "account-made" | "account-enabled" | "account-disabled" | "account-closed" | "key-made" | "key-revoked" | "channel-connected" | "channel-changed" | "channel-deleted" | "webhook-secret-changed" | "channel-settings-changed" | "account-settings-changed" | "quick-replies-changed" | "user-status-changed" | "user-schedule-changed" | "receiver-changed" | "receiver-secret-changed" | "crm-connected" | "crm-changed" | "crm-left" | "crm-refreshed" | "crm-retried" | "person-exported" | "person-erased" | "operator-key-changed" | "check-begun";
            /** @description The id of what it was done to */
            subject: string;
        };
        /** @description What a channel of `avito` needs. */
        AvitoCredentials: {
            clientId: string;
            clientSecret: string;
            userId: string;
            apiBaseUrl?: string;
        };
        /** @description A check that was begun, or that was under way. */
        BegunCheck: {
            checkId: string;
        };
        /** @description The erasure that has begun. */
        BegunErasure: {
            /** @description GET /v1/erasures/{erasureId} reports it */
            erasureId: string;
        };
        /** @description The WhatsApp business account of a template. */
        BusinessAccount: {
            wabaId: string;
            wabaName: string;
        };
        /** @description A button. A press gives back the payload, or else the text. */
        Button: {
            text: string;
            payload?: string;
            url?: string;
        };
        /** @description Buttons, in the form of the messenger. */
        ButtonsObject: {
            /**
             * @description Telegram: below the message, or in the place of the keyboard
             * @enum {string}
             */
            replyMarkup?: "inline" | "reply";
            /** @description A list (WhatsApp), rows (Telegram), or the payloads of a template’s buttons */
            buttons?: components["schemas"]["ListedButton"][] | components["schemas"]["RowButton"][][] | components["schemas"]["TemplateButton"][];
            /** @description Telegram: the keyboard is gone after a press */
            oneTimeKeyboard?: boolean;
            /** @description Telegram: takes the keyboard away */
            removeKeyboard?: boolean;
        };
        /** @description An address of a card. */
        CardAddress: {
            chatType: string;
            chatId: string;
            name?: string;
        };
        ChangeContactBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_CONTACTS_DATA" | "INVALID_JSON";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][];
        };
        ChangeUnderWayOrConnectedElsewhere: {
            /** @enum {string} */
            error: "CHANGE_UNDER_WAY" | "CONNECTED_ELSEWHERE";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OtherProgram"];
        };
        /** @description The message that was changed. */
        ChangedMessage: {
            messageId: string;
        };
        /** @description A connected messenger account. */
        Channel: {
            channelId: string;
            transport: string;
            /** @description The name or number that people know */
            plainId: string;
            state: components["schemas"]["ChannelState"];
            name: string;
            connections?: components["schemas"]["Connection"][];
            deaf?: components["schemas"]["Deafness"];
        };
        /** @description The fields that change. */
        ChannelChange: {
            name?: string;
            /** @description Of the same account at the messenger */
            credentials?: components["schemas"]["AvitoCredentials"] | components["schemas"]["FacebookCredentials"] | components["schemas"]["InstagramCredentials"] | components["schemas"]["MaxbotCredentials"] | components["schemas"]["TelegramCredentials"] | components["schemas"]["ViberCredentials"] | components["schemas"]["VkCredentials"] | components["schemas"]["WapiCredentials"] | components["schemas"]["WhatsappCredentials"];
            /** @description false: webhooks are acknowledged and dropped, sending is refused */
            enabled?: boolean;
            /** @description Registers the webhook anew, and removes that of another program; false unless it is given */
            takeOver?: boolean;
        };
        ChannelNotFoundOrNotFound: {
            /** @enum {string} */
            error: "CHANNEL_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OfChannel"];
        };
        /** @description The settings of a channel. */
        ChannelSettings: {
            newClients: components["schemas"]["StoredNewClients"];
            userRoles: components["schemas"]["UserRole"][];
            /** @description Absent: always open */
            schedule?: string;
            /** @description Absent: nothing is done about clients who wait */
            waiting?: components["schemas"]["Waiting"];
            /** @description What of `waiting` is hardly meant so: heads are told before a client is returned, or some opening is shorter */
            warnings?: ("TOLD_BEFORE_RETURN" | "LONGER_THAN_OPEN")[];
            /** @description Grows with each change; 0 if there was none */
            version: number;
        };
        /**
         * @description How a channel is; phoneUnavailable if no connection may reply.
         * @enum {string}
         */
        ChannelState: "active" | "disabled" | "unauthorized" | "blocked" | "openelsewhere" | "init" | "qridle" | "phoneUnavailable";
        /** @description The state of a channel. */
        ChannelUpdate: {
            channelId: string;
            state: string;
            /** @description The messenger’s own word for how many people the number may write to in a day */
            tier?: string;
            /** @description In milliseconds */
            timestamp: number;
        };
        /** @description The states of channels. */
        ChannelsEvent: {
            channelsUpdates: components["schemas"]["ChannelUpdate"][];
        };
        /** @description A conversation with a client in a channel. */
        Chat: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            name: string;
            contactId: string | null;
            responsibleUserId: string | null;
            unanswered: boolean;
            /** @description When the oldest message came that nobody has answered */
            unansweredSince: string | null;
            /** @description Exact up to 200 */
            unansweredCount: number;
            /** @description Who said that no reply is needed to the newest messages, and when */
            noReplyNeeded: components["schemas"]["NoReplyMark"] | null;
            /** @description Who said that they still owe an answer, and when */
            stillOwed?: components["schemas"]["OwedMark"];
            /** Format: date-time */
            lastMessageAt: string;
            /** @description The beginning of the newest message, at most 100 characters, or its kind in square brackets */
            preview: string;
            /**
             * @description The team wrote the newest message, and if it was refused, the messenger did not take it; absent if it is the client’s
             * @enum {string}
             */
            lastBy?: "team" | "refused";
            /** @description What this answer shows. A reply sends it back */
            seenUpTo: string;
            /** @description Grows with every change: an answer with an older one is stale */
            version: number;
            /** @description Whether the acting user may write there */
            mayWrite: boolean;
            /**
             * @description The acting user might write there if its channel were not deleted, and may still say that no reply is needed; else absent
             * @constant
             */
            channelDeleted?: true;
            /** @description Whether it is theirs to answer */
            isOwn: boolean;
            /** @description The same for all chats of one person */
            thread: string;
            /** @constant */
            late?: true;
            /** Format: date-time */
            leavesAt?: string;
            /** Format: date-time */
            told?: string;
        };
        /** @description A deal of a chat’s contact. */
        ChatDeal: {
            id: string;
            name: string;
            /** @description Its card in the CRM */
            link?: string;
            closed: boolean;
        };
        /** @description The deals of a chat’s contact, the open ones first. */
        ChatDeals: {
            deals: components["schemas"]["ChatDeal"][];
        };
        /** @description A page of chats, the longest waiting first. */
        ChatList: {
            chats: components["schemas"]["Chat"][];
            /** @description The cursor of the next page; the last page has none */
            nextCursor?: string;
        };
        ChatNotFoundOrNotFound: {
            /** @enum {string} */
            error: "CHAT_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /**
         * @description A messenger, as chats name it.
         * @enum {string}
         */
        ChatType: "whatsapp" | "whatsgroup" | "viber" | "instagram" | "facebook" | "telegram" | "telegroup" | "vk" | "avito" | "max" | "maxgroup";
        /** @description Who looks, and at what. */
        ChatWindow: {
            user: components["schemas"]["FrameUser"];
            /**
             * @description All chats of the user, or those of the addresses in filter
             * @enum {string}
             */
            scope: "global" | "card";
            /** @description The addresses of one card. An item without chatId and phone is left out */
            filter?: components["schemas"]["FrameAddress"][];
            /** @description The chat to open */
            activeChat?: components["schemas"]["FrameChat"];
            options?: components["schemas"]["FrameOptions"];
        };
        /** @description A check of what is stored. */
        Check: {
            checkId: string;
            /**
             * @description whole if it was asked for; daily recounts what is open, what has changed, and some of the rest
             * @enum {string}
             */
            mode: "daily" | "whole";
            /** @enum {string} */
            state: "running" | "done";
            /** Format: date-time */
            startedAt: string;
            doneAt: string | null;
            /** @description So many were looked at */
            chats: number;
            /** @description What was found */
            faults: components["schemas"]["CheckFault"][];
        };
        /** @description How often something was found. */
        CheckFault: {
            /** @enum {string} */
            kind: "no-row" | "no-facts" | "state" | "unreported" | "place" | "users" | "further-users" | "address" | "contact" | "message-ids" | "rotation" | "waits" | "unreadable";
            found: number;
            /** @description So many of those are right by now */
            mended: number;
        };
        CloseAccountConflict: {
            /** @enum {string} */
            error: "ACCOUNT_ENABLED";
            /** @description For people */
            description: string;
        };
        ConnectChannelConflict: {
            /** @enum {string} */
            error: "CONNECTED_ELSEWHERE" | "TOO_MANY_CHANNELS";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OtherProgram"];
        };
        /** @description A channel, and how messages come in. */
        ConnectedChannel: {
            channelId: string;
            transport: string;
            name: string;
            state: components["schemas"]["ChannelState"];
            /**
             * Format: uri
             * @description The address that the messenger calls
             */
            webhookUrl?: string;
            /**
             * @description Messages are fetched, because the messenger cannot reach this installation
             * @constant
             */
            polling?: true;
            /** @description To be typed in at the messenger; shown this once */
            secretToken?: string;
            /** @description To be typed in at the messenger; shown this once */
            verifyToken?: string;
            /** @description To be chosen at the messenger */
            webhookFields?: string[];
        };
        /** @description The connection that was made or changed. */
        ConnectedCrm: {
            connectionId: string;
            /** @enum {string} */
            crm: "hubspot" | "amocrm" | "bitrix24";
            state: components["schemas"]["CrmState"];
            /** @description To be opened in a browser within ten minutes, by an administrator of the CRM */
            authorizeUrl?: string;
            /** @description The address that the CRM notifies of changes. It holds a secret */
            hooksUrl: string;
            /** @description The address that the CRM opens in a frame */
            frameUrl: string;
            /** @description What a person has to do by hand in the CRM */
            todo: components["schemas"]["CrmTodo"][];
        };
        /** @description A person’s own account that lets the channel hear their chats. */
        Connection: {
            connectionId: string;
            ownerId: string;
            /** @enum {string} */
            state: "active" | "read-only" | "revoked";
        };
        /** @description A contact. */
        Contact: {
            id: string;
            responsibleUserId: string;
            name: string;
            contactData: components["schemas"]["ContactAddress"][];
            uri?: string;
        };
        /** @description One way to reach a contact. */
        ContactAddress: {
            chatType: components["schemas"]["ChatType"];
            /** @description Empty if it is not known yet */
            chatId: string;
            username: string | null;
            phone: string | null;
        };
        /** @description The fields that change. */
        ContactChange: {
            /** @description If it is there, that of the path */
            id?: string;
            responsibleUserId?: string;
            name?: string;
            contactData?: components["schemas"]["NewContactAddress"][];
            uri?: string;
        };
        /** @description A page of contacts. */
        ContactList: {
            /** @description The number of all contacts */
            count: number;
            data: components["schemas"]["Contact"][];
        };
        ContactNotFoundOrNotFound: {
            /** @enum {string} */
            error: "CONTACT_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description A contact that the CRM is asked to make. */
        ContactToMake: {
            responsibleUserId: string;
            name: string;
            contactData: components["schemas"]["KnownAddress"][];
            source: components["schemas"]["CreationSource"];
        };
        /** @description How many messages wait for a user. */
        Counter: {
            /** @description After 500 waiting chats each further chat counts as one */
            counterV2: number;
            /** @description red if the user has to answer one of the chats themselves */
            type: ("red" | "grey") | null;
            /** @description When the newest message came */
            lastMsgDateTime: string | null;
        };
        /** @description A new client: make a contact, and answer it. */
        CreateContactEvent: {
            createContact: components["schemas"]["ContactToMake"];
        };
        /** @description A client who needs a deal: make it, and answer it. */
        CreateDealEvent: {
            createDeal: components["schemas"]["DealToMake"];
        };
        CreatePageLinkBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "INVALID_USER";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"];
        };
        CreatePageTokenForbidden: {
            /** @enum {string} */
            error: "ACCOUNT_DISABLED";
            /** @description For people */
            description: string;
        };
        CreatePageTokenGone: {
            /** @enum {string} */
            error: "LINK_USED";
            /** @description For people */
            description: string;
        };
        /** @description An account with its first API key. */
        CreatedAccount: {
            accountId: string;
            keyId: string;
            /** @description Shown this once */
            apiKey: string;
        };
        /** @description An API key. */
        CreatedKey: {
            keyId: string;
            /** @description Shown this once */
            apiKey: string;
        };
        /**
         * @description byUser if a user asked for it.
         * @enum {string}
         */
        CreationSource: "auto" | "byUser";
        CredentialsRefusedOrInvalidRequest: {
            /** @enum {string} */
            error: "CREDENTIALS_REFUSED" | "INVALID_REQUEST";
            /** @description For people */
            description: string;
            data?: (components["schemas"]["WrongFields"] | components["schemas"]["OfChannel"]) | components["schemas"]["WrongValues"];
        };
        CredentialsRefusedOrInvalidRequestOrUnreadableBody: {
            /** @enum {string} */
            error: "CREDENTIALS_REFUSED" | "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST";
            /** @description For people */
            description: string;
            data?: (components["schemas"]["WrongFields"] | components["schemas"]["OfChannel"]) | components["schemas"]["WrongValues"];
        };
        /** @description The CRM’s own code, or Konvert’s word for it. */
        CrmCode: {
            code: string;
        };
        CrmConnected: {
            /** @enum {string} */
            error: "CRM_CONNECTED";
            /** @description For people */
            description: string;
        };
        /** @description The CRM of the account, and how the connection stands. */
        CrmConnection: {
            connectionId: string;
            /** @enum {string} */
            crm: "hubspot" | "amocrm" | "bitrix24";
            state: components["schemas"]["CrmState"];
            /** @description The account of the CRM; null until it was reached for the first time */
            portal: components["schemas"]["CrmPortal"] | null;
            /** @description The user of the CRM as which Konvert calls it, with the rights of that user */
            connectedAs: string | null;
            /**
             * Format: date-time
             * @description When it was connected
             */
            since: string;
            noAccess?: components["schemas"]["CrmNoAccess"];
            /** @description How much waits to leave for the CRM, exact up to 100 */
            waiting: number;
            clientsWaiting: number;
            /** @description How much could not leave; GET /v1/deliveries lists it */
            failed: number;
            /** @constant */
            atLeast?: true;
            held?: components["schemas"]["CrmHeld"];
            /** @description Whether users and pipelines are still to be loaded from the CRM */
            refreshing: boolean;
            /** @description When the CRM notified Konvert last */
            lastNewsAt: string | null;
            /** @description When Konvert last looked by itself whether anything was missed */
            lastProofAt: string | null;
            problems: components["schemas"]["CrmProblem"][];
            /** @description What a person has to do by hand in the CRM */
            todo: components["schemas"]["CrmTodo"][];
            /** @description The address that the CRM notifies of changes. It holds a secret */
            hooksUrl: string;
            /** @description The address that the CRM opens in a frame */
            frameUrl: string;
        };
        /** @description The fields that change. */
        CrmConnectionChange: {
            credentials?: {
                [key: string]: unknown;
            };
            /** @description false: nothing is sent to the CRM and nothing is taken from it; what waits stays */
            enabled?: boolean;
        };
        /** @description That the CRM is not called for now. */
        CrmHeld: {
            /** Format: date-time */
            until: string;
            code: string;
            description: string;
        };
        /** @description That the CRM lets Konvert in no more. */
        CrmNoAccess: {
            /** Format: date-time */
            since: string;
            /** @description What the CRM said */
            because: string;
        };
        CrmNotConnected: {
            /** @enum {string} */
            error: "CRM_NOT_CONNECTED";
            /** @description For people */
            description: string;
        };
        CrmNotConnectedOrNotFound: {
            /** @enum {string} */
            error: "CRM_NOT_CONNECTED" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description An account of the CRM. */
        CrmPortal: {
            name: string;
            /** @description Where it is reached */
            host: string;
        };
        /** @description What does not work as it should. */
        CrmProblem: {
            /** @enum {string} */
            code: "NOT_ADMIN" | "HOOKS_OFF" | "HOOKS_MISSING" | "STAGE_GONE" | "USERS_SHRANK" | "FIELD_GONE" | "PLAN" | "VALIDATION_RULE" | "BLOCKED" | "TOKEN_EXPIRES";
            /** @description What it is about: the id of a channel, the name of a property */
            about?: string;
            /** Format: date-time */
            since: string;
            /** @description What it means, and what ends it */
            text: string;
        };
        CrmRefusedOrInvalidCredentialsOrInvalidRequestOrUnreadableBody: {
            /** @enum {string} */
            error: "CRM_REFUSED" | "INVALID_BODY" | "INVALID_CREDENTIALS" | "INVALID_JSON" | "INVALID_REQUEST";
            /** @description For people */
            description: string;
            data?: components["schemas"]["CrmCode"] | components["schemas"]["WrongFields"] | components["schemas"]["WrongValues"];
        };
        /**
         * @description connecting: nobody has consented yet; degraded: it works, and a problem stands; unauthorized: the CRM has taken its consent back; blocked: the CRM takes no calls for now; disabled: it was switched off.
         * @enum {string}
         */
        CrmState: "connecting" | "active" | "degraded" | "unauthorized" | "blocked" | "disabled";
        /** @description Something to do by hand in the CRM. */
        CrmTodo: {
            /** @description What it is; the page of that CRM in the documentation says how */
            code: string;
            /** @description What to copy there, by the CRM’s own names */
            values?: {
                [key: string]: string;
            };
        };
        CrmUnreachable: {
            /** @enum {string} */
            error: "CRM_UNREACHABLE";
            /** @description For people */
            description: string;
        };
        /** @description A channel that its messenger does not call. */
        DeafChannel: {
            channelId: string;
            /** Format: date-time */
            since: string;
            why: string;
        };
        /** @description Why the messenger does not call a channel, and since when that is known. */
        Deafness: {
            /** Format: date-time */
            since: string;
            why: string;
        };
        /** @description A deal. */
        Deal: {
            id: string;
            responsibleUserId: string;
            name: string;
            /** @description The ids of its contacts */
            contacts: string[];
            closed: boolean;
            /** @description Empty if there is none */
            uri: string;
        };
        /** @description A page of deals. */
        DealList: {
            /** @description The number of deals on this page */
            count: number;
            data: components["schemas"]["Deal"][];
        };
        DealNotFoundOrNotFound: {
            /** @enum {string} */
            error: "DEAL_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description A deal that the CRM is asked to make. */
        DealToMake: {
            responsibleUserId: string;
            /** @description The ids of its contacts */
            contacts: string[];
            pipelineId?: string;
            stageId?: string;
            source: components["schemas"]["CreationSource"];
        };
        DeleteMessageBadRequest: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "BAD_CONTACT" | "CHANNEL_BLOCKED" | "CHANNEL_INVALID_TRANSPORT_FOR_DELETION" | "MESSAGES_DELETION_TIME_EXPIRED" | "MESSAGES_NOT_FOUND" | "MESSAGE_CHANNEL_UNAVAILABLE" | "UNKNOWN_ERROR";
            /** @description For people */
            description: string;
            data?: components["schemas"]["MessengerCode"] | components["schemas"]["OfChannel"] | components["schemas"]["OfTransport"];
        };
        DeleteUsersBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_USERS_DATA" | "TOO_MANY_ENTITIES";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][] | components["schemas"]["TooMany"];
        };
        /** @description The channel that was deleted. */
        DeletedChannel: {
            channelId: string;
        };
        /** @description A reply or an event that failed for good or waits to leave. */
        Delivery: {
            deliveryId: string;
            /** @enum {string} */
            state: "pending" | "failed" | "done";
            kind: components["schemas"]["DeliveryKind"];
            /** @description The key of a chat, or webhook for all events */
            target: string;
            /** @description What the client is called that it is about; absent if it is about a channel or a template */
            name?: string;
            channelId?: string;
            /** @description The same for ever */
            eventId?: string;
            /** @description The calls so far */
            attempts: number;
            lastError: components["schemas"]["DeliveryError"] | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            nextAttemptAt?: string;
        };
        /** @description Why the last call failed. */
        DeliveryError: {
            code: string;
            description: string;
            reason?: string;
            links?: string[];
        };
        /**
         * @description What is delivered.
         * @enum {string}
         */
        DeliveryKind: "reply" | "message" | "status" | "edit" | "deletion" | "channel" | "template" | "assignment" | "waiting" | "creation" | "assign" | "note" | "news";
        /** @description A page of at most 50 deliveries. It may be empty and not the last. */
        DeliveryList: {
            deliveries: components["schemas"]["Delivery"][];
            nextCursor?: string;
        };
        /** @description A browser that is signed in. */
        Device: {
            deviceId: string;
            userId: string;
            userAgent: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string;
            /**
             * @description It is the one that asks
             * @constant
             */
            isThis?: true;
        };
        /** @description The browsers that are signed in. */
        DeviceList: {
            devices: components["schemas"]["Device"][];
        };
        DirectoryKeptByConnector: {
            /** @enum {string} */
            error: "DIRECTORY_KEPT_BY_CONNECTOR";
            /** @description For people */
            description: string;
        };
        /** @description The connection that was ended. */
        DisconnectedCrm: {
            connectionId: string;
        };
        /** @description The address of a socket. */
        Doorbell: {
            /**
             * Format: uri
             * @description With a ticket for 60 seconds
             */
            url: string;
        };
        /** @description One’s own unsent text. */
        Draft: {
            text: string;
            quotedMessageId?: string;
        };
        EditMessageBadRequest: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "BAD_CONTACT" | "CHANNEL_BLOCKED" | "CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING" | "CHANNEL_INVALID_TRANSPORT_FOR_EDITING" | "INVALID_BODY" | "INVALID_JSON" | "INVALID_MESSAGE_DATA" | "MESSAGES_CONTAIN_BUTTONS" | "MESSAGES_CONTENT_CAN_NOT_BE_BLANK" | "MESSAGES_CONTENT_SIZE_EXCEEDED" | "MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM" | "MESSAGES_EDITING_TIME_EXPIRED" | "MESSAGES_NOT_FOUND" | "MESSAGES_ONLY_TEXT_OR_CONTENT" | "MESSAGES_TEXT_CAN_NOT_BE_BLANK" | "MESSAGES_TOO_LONG_TELEGRAM" | "MESSAGES_TOO_LONG_VK" | "MESSAGE_CHANNEL_UNAVAILABLE" | "MESSAGE_DOWNLOAD_CONTENT_ERROR" | "MESSAGE_TEXT_TOO_LONG" | "MESSAGE_WRONG_CONTENT_TYPE" | "UNKNOWN_ERROR";
            /** @description For people */
            description: string;
            data?: components["schemas"]["MessengerCode"] | components["schemas"]["OfChannel"] | components["schemas"]["OfTransport"] | components["schemas"]["WrongFields"] | (components["schemas"]["WrongFields"] | components["schemas"]["MessengerCode"]);
        };
        EndDeviceNotFound: {
            /** @enum {string} */
            error: "DEVICE_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description The device that was ended. */
        EndedDevice: {
            deviceId: string;
        };
        /** @description How much was erased. */
        Erased: {
            chats: number;
            messages: number;
            files: number;
            contacts: number;
            deals: number;
            /** @description Replies, events and the like that had left or waited to */
            deliveries: number;
        };
        /** @description An erasure. It names neither the person nor what was erased. */
        Erasure: {
            erasureId: string;
            /**
             * @description person, or account
             * @enum {string}
             */
            kind: "person" | "account";
            /**
             * @description pending, or done
             * @enum {string}
             */
            state: "pending" | "done";
            /** Format: date-time */
            requestedAt: string;
            /** @description null while it is pending */
            doneAt: string | null;
            /** @description How much so far. What a run erased that was cut short may be missing */
            erased: components["schemas"]["Erased"];
        };
        /** @description A page of at most 50 erasures, the newest first. */
        Erasures: {
            erasures: components["schemas"]["Erasure"][];
            /** @description The after of the next page; null if this is the last */
            next: string | null;
        };
        /** @description Why a message failed. */
        EventError: {
            /** @enum {string} */
            error: "BAD_CONTACT" | "CHATID_IGSID_MISMATCH" | "TOO_LONG_TEXT" | "BAD_LINK" | "TOO_BIG_CONTENT" | "SPAM" | "TOO_MANY_EXT_REQS" | "WRONG_CONTENT" | "MESSAGE_CANCELLED" | "24_HOURS_EXCEEDED" | "7_DAYS_EXCEEDED" | "COMMENT_DELETED" | "MENTION_FORBIDDEN" | "CONTENT_CONVERSION_ERROR" | "MESSAGE_DELETED" | "CHANNEL_REJECTED" | "COMMENT_ALREADY_PRIVATE_REPLIED" | "COMMENT_INVALID_FOR_PRIVATE_REPLY" | "COMMENT_CAN_BE_TEXT_ONLY" | "CANNOT_REPLY_TO_DELETED" | "GENERAL_ERROR" | "UNKNOWN_ERROR";
            description: string;
        };
        /** @description A message as receivers get it. */
        EventMessage: {
            messageId: string;
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            avitoProfileId?: string;
            /**
             * Format: date-time
             * @description When it was said, by the messenger’s clock
             */
            dateTime: string;
            /** @description text, image, audio, video, document, vcard, geo, wapi_template, missing_call, unsupported, … */
            type: string;
            /** @description Only in Konvert. What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word */
            kind?: string;
            /** @description Whether the team wrote it */
            isEcho: boolean;
            contact: components["schemas"]["MessageContact"];
            text?: string;
            /** @description inbound, or of the team sent, delivered, read or error; absent until sent */
            status?: string;
            error?: components["schemas"]["EventError"];
            /** @constant */
            sentFromApp?: true;
            /** @description The user who wrote it, if it was one */
            authorId?: string;
            authorName?: string;
            quotedMessage?: components["schemas"]["QuotedMessage"];
            isEdited?: boolean;
            /** @description It was deleted at the messenger */
            isDeleted?: boolean;
            oldInfo?: components["schemas"]["OldInfo"];
            /** @description Only in Konvert. The file */
            media?: components["schemas"]["Media"];
            /**
             * Format: uri
             * @description Where the file is, good until it is removed
             */
            contentUri?: string;
            /** @description Only in Konvert. The files after the first, of a message with several */
            furtherMedia?: components["schemas"]["FurtherMedia"][];
            /** @description Only in Konvert. The place */
            location?: components["schemas"]["Location"];
            /** @description Only in Konvert. Cards of people */
            vcards?: components["schemas"]["VCard"][];
            /** @description Only in Konvert. A question to choose answers to */
            poll?: components["schemas"]["Poll"];
            /** @description Only in Konvert. It was forwarded */
            forwarded?: components["schemas"]["Forwarded"];
            /**
             * @description Only in Konvert. A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing
             * @constant
             */
            by?: "automatic";
            /**
             * @description Only in Konvert. It came by an import, so it opened nothing and told nothing
             * @constant
             */
            isImported?: true;
            /**
             * @description Only in Konvert. Another program held the conversation then
             * @constant
             */
            isStandby?: true;
            /** @description Only in Konvert. The same in all the messages that the messenger shows as one album */
            albumId?: string;
            /** @description Only in Konvert. What the link carried by which the client came to the chat */
            referral?: string;
            /** @description Only in Konvert. The button that the client pressed. An event has the payload as its text, a history the label */
            pressed?: components["schemas"]["PressedButton"];
            /** @description Only in Konvert. The buttons of a message of the team, in rows */
            buttons?: components["schemas"]["Button"][][];
            /** @description Only in Konvert. The template that was sent; text holds its words */
            template?: components["schemas"]["SentTemplate"];
        };
        /** @description What became of a message. */
        EventStatus: {
            messageId: string;
            /** Format: date-time */
            timestamp: string;
            /** @enum {string} */
            status: "sent" | "delivered" | "read" | "error" | "edited";
            error?: components["schemas"]["EventError"];
            /** @description Only in Konvert. What the message says after the edit */
            text?: string;
        };
        /** @description A page of everything that is known of a person. */
        ExportPage: {
            person: components["schemas"]["ExportedPerson"];
            chats: components["schemas"]["ExportedChat"][];
            messages: components["schemas"]["ExportedMessage"][];
            files: components["schemas"]["ExportedFile"][];
            /** @description For the next page; null on the last */
            next: string | null;
        };
        /** @description A chat of the person, as it is now. */
        ExportedChat: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            name?: string;
            username?: string;
            /** @description The other ids that its messages told */
            ids: components["schemas"]["ExportedId"][];
            responsibleUserIds: string[];
            unanswered: boolean;
            unansweredSince: string | null;
            unansweredCount: number;
            noReplyNeeded: components["schemas"]["NoReplyMark"] | null;
            stillOwed: components["schemas"]["OwedMark"] | null;
            /** Format: date-time */
            lastMessageAt: string;
            preview: string;
        };
        /** @description What the CRM keeps of the person. */
        ExportedContact: {
            id: string;
            name: string;
            responsibleUserId: string;
            contactData: {
                chatType: components["schemas"]["ChatType"];
                chatId?: string;
                username?: string;
                phone?: string;
            }[];
            uri?: string;
        };
        /** @description A deal of one of those contacts. */
        ExportedDeal: {
            id: string;
            name: string;
            responsibleUserId: string;
            closed: boolean;
            uri?: string;
        };
        /** @description A file of one of these messages. */
        ExportedFile: {
            messageId: string;
            name: string;
            /** @enum {string} */
            state: "wanted" | "stored" | "refused" | "gone" | "erased";
            type?: string;
            size?: number;
            sha256?: string;
            /** Format: uri */
            contentUri?: string;
        };
        /** @description An id that a messenger has for the person. */
        ExportedId: {
            chatType: components["schemas"]["ChatType"];
            chatId: string;
        };
        /** @description A message or a decision, as a history has it. */
        ExportedMessage: {
            messageId: string;
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            avitoProfileId?: string;
            /** Format: date-time */
            dateTime: string;
            type: string;
            kind?: string;
            isEcho: boolean;
            contact?: components["schemas"]["MessageContact"];
            text?: string;
            status?: string;
            crmMessageId?: string;
            deliveryId?: string;
            error?: components["schemas"]["SendError"];
            /** @constant */
            sentFromApp?: true;
            authorId?: string;
            authorName?: string;
            quotedMessage?: components["schemas"]["QuotedMessage"];
            isEdited?: boolean;
            isDeleted?: boolean;
            oldInfo?: components["schemas"]["OldInfo"];
            media?: components["schemas"]["Media"];
            /** Format: uri */
            contentUri?: string;
            furtherMedia?: components["schemas"]["FurtherMedia"][];
            location?: components["schemas"]["Location"];
            vcards?: components["schemas"]["VCard"][];
            poll?: components["schemas"]["Poll"];
            forwarded?: components["schemas"]["Forwarded"];
            /** @constant */
            by?: "automatic";
            /** @constant */
            isImported?: true;
            /** @constant */
            isStandby?: true;
            albumId?: string;
            referral?: string;
            pressed?: components["schemas"]["PressedButton"];
            buttons?: components["schemas"]["Button"][][];
            template?: components["schemas"]["SentTemplate"];
            reactions?: string[];
            noReplyNeeded?: components["schemas"]["NoReplyEntry"];
            stillOwed?: components["schemas"]["OwedEntry"];
            /** @description What the messenger told of a message of an unknown kind */
            raw?: string;
            /**
             * @description It has not left yet
             * @constant
             */
            isWaiting?: true;
        };
        /** @description The person. All but the id that was asked for stands on the first page only. */
        ExportedPerson: {
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /** @description All their ids */
            ids?: components["schemas"]["ExportedId"][];
            contacts?: components["schemas"]["ExportedContact"][];
            deals?: components["schemas"]["ExportedDeal"][];
            responsibleUserIds?: string[];
            /** @description Why users became responsible, the newest first */
            assignments?: components["schemas"]["Assignment"][];
        };
        /** @description What a channel of `facebook` needs. */
        FacebookCredentials: {
            pageId: string;
            accessToken: string;
            appSecret: string;
            appId?: string;
            humanAgent?: boolean;
            apiBaseUrl?: string;
        };
        FileGone: {
            /** @enum {string} */
            error: "FILE_GONE";
            /** @description For people */
            description: string;
        };
        FileNotFoundOrNotFound: {
            /** @enum {string} */
            error: "FILE_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        FileNotReady: {
            /** @enum {string} */
            error: "FILE_NOT_READY";
            /** @description For people */
            description: string;
        };
        /** @description Who said it first, and when, as far as that is told. */
        Forwarded: {
            from?: string;
            /** Format: date-time */
            dateTime?: string;
        };
        /** @description An address of a card. */
        FrameAddress: {
            chatType: string;
            chatId?: string;
            name?: string;
            phone?: string;
            username?: string;
        };
        /** @description The chat to open. */
        FrameChat: {
            channelId?: string;
            chatType: string;
            chatId: string;
        };
        /** @description What the CRM’s page does itself. */
        FrameOptions: {
            clientType?: string;
            /** @description Deals are opened and made by the CRM’s page */
            useDealsEvents?: boolean;
            useMessageEvents?: boolean;
        };
        /** @description The user who looks. The stored name is shown. */
        FrameUser: {
            id: string;
            name?: string;
        };
        /** @description A file after the first. */
        FurtherMedia: {
            name?: string;
            mimeType?: string;
            size?: number;
            durationSeconds?: number;
            emoji?: string;
            /** Format: uri */
            contentUri?: string;
        };
        GetCheckNotFound: {
            /** @enum {string} */
            error: "CHECK_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        GetErasureNotFound: {
            /** @enum {string} */
            error: "ERASURE_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        GetFileRangeNotSatisfiable: {
            /** @enum {string} */
            error: "RANGE_NOT_SATISFIABLE";
            /** @description For people */
            description: string;
        };
        GetStatisticsNotFound: {
            /** @enum {string} */
            error: "CHANNEL_NOT_FOUND";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OfChannel"];
        };
        HandOverBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "UNKNOWN_USER";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"] | components["schemas"]["WrongFields"];
        };
        /** @description Konvert answers. */
        Health: {
            /** @constant */
            status: "ok";
        };
        /** @description When a team works. */
        Hours: {
            /** @description The IANA name of the zone of its wall clock */
            zone: string;
            week: components["schemas"]["Week"];
            /** @description By date, YYYY-MM-DD: they stand in the place of the day of the week; [] is a day off */
            exceptions?: {
                [key: string]: components["schemas"]["Interval"][];
            };
        };
        /** @description What a channel of `instagram` needs. */
        InstagramCredentials: {
            igId?: string;
            pageId?: string;
            accessToken: string;
            appSecret: string;
            appId?: string;
            humanAgent?: boolean;
            apiBaseUrl?: string;
            igAppSecret?: string;
        };
        InternalError: {
            /** @enum {string} */
            error: "INTERNAL_ERROR";
            /** @description For people */
            description: string;
        };
        /** @description From and to, `HH:MM`. An end before its start is on the next day. */
        Interval: string[];
        InvalidContactsDataOrTooManyEntitiesOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_CONTACTS_DATA" | "INVALID_JSON" | "TOO_MANY_ENTITIES";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][] | components["schemas"]["TooMany"];
        };
        InvalidDealsDataOrTooManyEntitiesOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_DEALS_DATA" | "INVALID_JSON" | "TOO_MANY_ENTITIES";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][] | components["schemas"]["TooMany"];
        };
        InvalidPipelinesDataOrTooManyEntitiesOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_PIPELINES_DATA" | "TOO_MANY_ENTITIES";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][] | components["schemas"]["TooMany"];
        };
        InvalidRequest: {
            /** @enum {string} */
            error: "INVALID_REQUEST";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"];
        };
        InvalidRequestOrTestPostNotPassedOrUriNotValidOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "testPostNotPassed" | "uriNotValid";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"] | (components["schemas"]["TestAnswer"] | components["schemas"]["TestFailure"]);
        };
        InvalidRequestOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"];
        };
        InvalidSettingsOrUnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_SETTINGS";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongSettings"];
        };
        /** @description An API key, without the key itself. */
        Key: {
            keyId: string;
            name: string | null;
            /** @description null for keys of the first version */
            createdAt: string | null;
            /** @description Up to an hour too early; null before the first use */
            lastUsedAt: string | null;
        };
        /** @description The API keys of the account, the oldest first. */
        KeyList: {
            keys: components["schemas"]["Key"][];
        };
        /** @description An address of a client, as far as it is known. */
        KnownAddress: {
            chatType: components["schemas"]["ChatType"];
            chatId?: string;
            username?: string;
            phone?: string;
        };
        /** @description A chat that the user loses at `leavesAt`, unless somebody answers before. */
        LeavingChat: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /** Format: date-time */
            leavesAt: string;
        };
        /** @description How many an account may have. */
        LimitOfAccount: {
            limit: number;
        };
        ListAssignmentsNotFound: {
            /** @enum {string} */
            error: "CHANNEL_NOT_FOUND" | "CHAT_NOT_FOUND";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OfChannel"];
        };
        /** @description A button of a WhatsApp message. */
        ListedButton: {
            text: string;
            /** @constant */
            type?: "text";
            /** @description What a press gives back */
            payload?: string;
        };
        /** @description The settings of a channel, and what no longer holds of them. */
        ListedSettings: {
            newClients: components["schemas"]["StoredNewClients"];
            userRoles: components["schemas"]["UserRole"][];
            schedule?: string;
            waiting?: components["schemas"]["Waiting"];
            warnings?: ("TOLD_BEFORE_RETURN" | "LONGER_THAN_OPEN")[];
            version: number;
            problems?: components["schemas"]["SettingsProblems"];
        };
        /** @description A user of the CRM. */
        ListedUser: {
            id: string;
            name: string;
        };
        /** @description A place, in degrees. */
        Location: {
            latitude: number;
            longitude: number;
            title?: string;
            address?: string;
        };
        /** @description How long the messenger asks to wait. */
        LongWait: {
            retryAfterSeconds: number;
        };
        /** @description The contact that the CRM made; best with all fields. */
        MadeContact: {
            id: string;
            responsibleUserId?: string;
            name?: string;
            contactData?: components["schemas"]["NewContactAddress"][];
            uri?: string;
        };
        /** @description The deal that the CRM made; best with all fields. */
        MadeDeal: {
            id: string;
            responsibleUserId?: string;
            name?: string;
            contacts?: string[];
            closed?: boolean;
            uri?: string;
            link?: string;
        };
        /** @description What a channel of `maxbot` needs. */
        MaxbotCredentials: {
            botToken: string;
            apiBaseUrl?: string;
        };
        /** @description Who looks, and what there is to choose from. */
        Me: {
            /** @description null on a page of settings */
            user: components["schemas"]["ListedUser"] | null;
            accountId: string;
            scope: components["schemas"]["PageScope"];
            channels: components["schemas"]["PageChannel"][];
            users: components["schemas"]["ListedUser"][];
            options: {
                notifyHeadsAboutAllMessages: boolean;
            };
            /** @description true if POST /v1/doorbells gives an address */
            doorbell: true | null;
            /**
             * @description The demo clients can be played here
             * @constant
             */
            demo?: true;
            /** @description The key with which a browser subscribes to Web Push */
            pushKey?: string;
            /** Format: date-time */
            time: string;
        };
        /** @description A file. */
        Media: {
            name?: string;
            mimeType?: string;
            /** @description In bytes */
            size?: number;
            durationSeconds?: number;
            /** @description That of a sticker */
            emoji?: string;
        };
        /** @description An entry of a history: a message, or a decision of the team. */
        Message: {
            messageId: string;
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            avitoProfileId?: string;
            /**
             * Format: date-time
             * @description When it was said, by the messenger’s clock
             */
            dateTime: string;
            /** @description text, image, audio, video, document, vcard, geo, wapi_template, missing_call, unsupported, … */
            type: string;
            /** @description Only in Konvert. What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word */
            kind?: string;
            /** @description Whether the team wrote it */
            isEcho: boolean;
            contact?: components["schemas"]["MessageContact"];
            text?: string;
            /** @description inbound, or of the team sent, delivered, read or error; absent until sent */
            status?: string;
            /** @description Only in Konvert. The id with which a message of the team was sent, if it was sent with one */
            crmMessageId?: string;
            /** @description Only in Konvert. Of a message that failed: POST /v1/deliveries/{deliveryId}/retry sends it again */
            deliveryId?: string;
            error?: components["schemas"]["SendError"];
            /** @constant */
            sentFromApp?: true;
            /** @description The user who wrote it, if it was one */
            authorId?: string;
            authorName?: string;
            quotedMessage?: components["schemas"]["QuotedMessage"];
            isEdited?: boolean;
            /** @description It was deleted at the messenger */
            isDeleted?: boolean;
            oldInfo?: components["schemas"]["OldInfo"];
            /** @description Only in Konvert. The file */
            media?: components["schemas"]["Media"];
            /**
             * Format: uri
             * @description Where the file is, good until it is removed
             */
            contentUri?: string;
            /** @description Only in Konvert. The files after the first, of a message with several */
            furtherMedia?: components["schemas"]["FurtherMedia"][];
            /** @description Only in Konvert. The place */
            location?: components["schemas"]["Location"];
            /** @description Only in Konvert. Cards of people */
            vcards?: components["schemas"]["VCard"][];
            /** @description Only in Konvert. A question to choose answers to */
            poll?: components["schemas"]["Poll"];
            /** @description Only in Konvert. It was forwarded */
            forwarded?: components["schemas"]["Forwarded"];
            /**
             * @description Only in Konvert. A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing
             * @constant
             */
            by?: "automatic";
            /**
             * @description Only in Konvert. It came by an import, so it opened nothing and told nothing
             * @constant
             */
            isImported?: true;
            /**
             * @description Only in Konvert. Another program held the conversation then
             * @constant
             */
            isStandby?: true;
            /** @description Only in Konvert. The same in all the messages that the messenger shows as one album */
            albumId?: string;
            /** @description Only in Konvert. What the link carried by which the client came to the chat */
            referral?: string;
            /** @description Only in Konvert. The button that the client pressed. An event has the payload as its text, a history the label */
            pressed?: components["schemas"]["PressedButton"];
            /** @description Only in Konvert. The buttons of a message of the team, in rows */
            buttons?: components["schemas"]["Button"][][];
            /** @description Only in Konvert. The template that was sent; text holds its words */
            template?: components["schemas"]["SentTemplate"];
            /** @description Only in Konvert. The client’s reactions to the message */
            reactions?: string[];
            /** @description Only in Konvert. Somebody said that no reply is needed */
            noReplyNeeded?: components["schemas"]["NoReplyEntry"];
            /** @description Only in Konvert. Somebody of the team said that they still owe an answer to what the client wrote last */
            stillOwed?: components["schemas"]["OwedEntry"];
        };
        MessageAccountDisabledOrChatNoAccessOrForbidden: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "ACCOUNT_DISABLED" | "CHAT_NO_ACCESS" | "FORBIDDEN";
            /** @description For people */
            description: string;
        };
        /** @description The new text, or another file. */
        MessageChange: {
            text?: string;
            contentUri?: string;
            crmUserId?: string;
        };
        /** @description The client, as far as the messenger tells. */
        MessageContact: {
            name?: string;
            username?: string;
            phone?: string;
        };
        MessageInternalError: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "INTERNAL_ERROR";
            /** @description For people */
            description: string;
        };
        /** @description A page of a history, the newest entry last. */
        MessageList: {
            messages: components["schemas"]["Message"][];
            /** @description What this answer shows. A reply sends it back */
            seenUpTo: string;
            /** @description The cursor of the older page; the oldest page has none */
            before?: string;
        };
        MessageMessengerUnreachable: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "MESSENGER_UNREACHABLE";
            /** @description For people */
            description: string;
        };
        MessageNotFound: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        MessageTooLarge: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "TOO_LARGE";
            /** @description For people */
            description: string;
        };
        MessageTooManyExtReqs: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "TOO_MANY_EXT_REQS";
            /** @description For people */
            description: string;
            data: components["schemas"]["LongWait"];
        };
        MessageUnsupportedMediaType: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "UNSUPPORTED_MEDIA_TYPE";
            /** @description For people */
            description: string;
        };
        /** @description Messages and statuses. At least one of the arrays is there. */
        MessagesEvent: {
            messages?: components["schemas"]["EventMessage"][];
            statuses?: components["schemas"]["EventStatus"][];
        };
        /** @description The messenger’s own code. */
        MessengerCode: {
            code: string;
        };
        MessengerUnreachable: {
            /** @enum {string} */
            error: "MESSENGER_UNREACHABLE";
            /** @description For people */
            description: string;
        };
        /** @description A chat by its ids. */
        NamedChat: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
        };
        /** @description An account to make. */
        NewAccount: {
            name: string;
        };
        /** @description A channel of `avito` to connect. */
        NewAvitoChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "avito";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["AvitoCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A messenger account to connect. */
        NewChannel: components["schemas"]["NewAvitoChannel"] | components["schemas"]["NewFacebookChannel"] | components["schemas"]["NewInstagramChannel"] | components["schemas"]["NewMaxbotChannel"] | components["schemas"]["NewTelegramChannel"] | components["schemas"]["NewViberChannel"] | components["schemas"]["NewVkChannel"] | components["schemas"]["NewWapiChannel"] | components["schemas"]["NewWhatsappChannel"];
        /** @description The settings of a channel. */
        NewChannelSettings: {
            newClients: components["schemas"]["NewClients"];
            userRoles: components["schemas"]["NewUserRole"][];
            /** @description The name of one of the account’s schedules; null: always open. Absent: unchanged */
            schedule?: string | null;
            /** @description What is done about clients who wait; null: nothing. Absent: unchanged */
            waiting?: components["schemas"]["NewWaiting"] | null;
            /** @description That which was read: if another one is stored, nothing is */
            version?: number;
        };
        /**
         * @description How new clients are given out.
         * @enum {string}
         */
        NewClientMode: "round-robin" | "first-reply" | "unsorted";
        /** @description What happens to new clients. */
        NewClients: {
            mode: components["schemas"]["NewClientMode"];
            /** @description Needed in round-robin */
            pipelineId?: string;
            /** @description Needed in round-robin if the pipeline has stages */
            stageId?: string;
        };
        /** @description A contact as the CRM pushes it. */
        NewContact: {
            id: string;
            responsibleUserId: string;
            name: string;
            contactData: components["schemas"]["NewContactAddress"][];
            /** @description Its card in the CRM */
            uri?: string;
        };
        /** @description One way to reach a contact. */
        NewContactAddress: {
            chatType: components["schemas"]["ChatType"];
            /** @description Needed, but for Telegram a username or phone will do, for MAX a phone */
            chatId?: string;
            username?: string;
            phone?: string;
        };
        /** @description A CRM to connect. */
        NewCrmConnection: {
            /** @enum {string} */
            crm: "hubspot" | "amocrm" | "bitrix24";
            /** @description Fields of that CRM, as its page in the documentation names them */
            credentials: {
                [key: string]: unknown;
            };
        };
        /** @description A deal as the CRM pushes it. */
        NewDeal: {
            id: string;
            responsibleUserId: string;
            name: string;
            /** @description The ids of its contacts, which need not exist yet */
            contacts: string[];
            /** @description false unless it is given */
            closed?: boolean;
            uri?: string;
            link?: string;
        };
        /** @description A channel of `facebook` to connect. */
        NewFacebookChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "facebook";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["FacebookCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A channel of `instagram` to connect. */
        NewInstagramChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "instagram";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["InstagramCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description An API key to make. */
        NewKey: {
            /** @description For people */
            name?: string;
        };
        /** @description A channel of `maxbot` to connect. */
        NewMaxbotChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "maxbot";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["MaxbotCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A text, a file or a template for a client. */
        NewMessage: {
            channelId: string;
            /** @description The messenger of the chat; it has to be that of the channel */
            chatType: components["schemas"]["ChatType"];
            /** @description The messenger’s own id of the person: in WhatsApp the number in digits, of Avito the id of the chat */
            chatId: string;
            /** @description Formatting: `*bold*`, `_italic_`, `~strike~`, triple backquotes, and the tags b, i, u, s */
            text?: string;
            /** @description The address of a file. It is fetched before the answer */
            contentUri?: string;
            /** @description The message that this one quotes */
            refMessageId?: string;
            /** @description The user who writes, if Konvert-User names none */
            crmUserId?: string;
            /** @description An id of yours. The same once more within 60 seconds is refused, from a page within 48 hours */
            crmMessageId?: string;
            /** @description false: the reply answers nothing, the chat stays unanswered */
            clearUnanswered?: boolean;
            /** @description What was on the screen, as it came with it. Without it the reply answers all that is stored */
            seenUpTo?: string;
            /** @description templateGuid of GET /v3/templates/whatsapp */
            templateId?: string;
            /** @description The values of its variables, in their order */
            templateValues?: string[];
            /** @description Buttons below the text */
            buttonsObject?: components["schemas"]["ButtonsObject"];
        };
        /** @description A link for one user, or for the settings. */
        NewPageLink: {
            userId?: string;
            settings?: boolean;
            /** @description The chat that the page of the user opens */
            activeChat?: components["schemas"]["FrameChat"];
        };
        /** @description The secret of a link. */
        NewPageToken: {
            /** @description The 43 characters after #k= */
            link: string;
            /** @description The browser stays signed in by a cookie */
            device?: boolean;
        };
        /** @description A pipeline as the CRM loads it. */
        NewPipeline: {
            id: string;
            name: string;
            stages?: components["schemas"]["NewStage"][];
        };
        /** @description The user who becomes responsible. */
        NewResponsible: {
            userId: string;
        };
        /** @description A stage of a pipeline as the CRM loads it. */
        NewStage: {
            id: string;
            name: string;
        };
        /** @description A channel of `telegram` to connect. */
        NewTelegramChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "telegram";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["TelegramCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A file that is to be uploaded. */
        NewUpload: {
            name: string;
            type?: string;
            /** @description Its exact size in bytes */
            size: number;
        };
        /** @description The role that a user gets in a channel. */
        NewUserRole: {
            userId: string;
            role: components["schemas"]["Role"];
            /** @description false unless it is given */
            allowGetNewClients?: boolean;
        };
        /** @description The schedule of a user. */
        NewUserSchedule: {
            /** @description null: none */
            schedule: string | null;
        };
        /** @description Whether a user receives clients from now on. */
        NewUserStatus: {
            status: components["schemas"]["UserStatus"];
            /**
             * Format: date-time
             * @description Later than now, and within 400 days
             */
            until?: string;
            reason?: string;
            /** @description With `away`: waiting new clients go to the next user in 30 s, unless somebody replies before */
            return?: boolean;
        };
        /** @description A channel of `viber` to connect. */
        NewViberChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "viber";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["ViberCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A channel of `vk` to connect. */
        NewVkChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "vk";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["VkCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description What is done about clients who wait. Minutes are of working time. */
        NewWaiting: {
            /** @description After so many minutes an unanswered client goes to the next user; null: never */
            returnAfterMinutes?: number | null;
            /** @description So often in one wait */
            returnsAtMost?: number;
            /**
             * @description After the last user: into the pool, or stay
             * @enum {string}
             */
            then?: "pool" | "keep";
            /** @description Then the heads are told; null: never */
            tellHeadsAfterMinutes?: number | null;
            /** @description After so many returns in a row without a reply the user is set away, unless phones give more than a third of the answers; 0: never */
            awayAfterReturns?: number;
            /**
             * @description New clients while the channel is closed: given out, or held until it opens
             * @enum {string}
             */
            outsideHours?: "give" | "hold";
        };
        /** @description A channel of `wapi` to connect. */
        NewWapiChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "wapi";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["WapiCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description A channel of `whatsapp` to connect. */
        NewWhatsappChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            transport: "whatsapp";
            name: string;
            /** @description The name or number that people know; the messenger gives one if there is none */
            plainId?: string;
            credentials: components["schemas"]["WhatsappCredentials"];
            /** @description false: the operator registers the webhook by hand */
            setWebhook?: boolean;
            /** @description Removes the webhook of another program; false unless it is given */
            takeOver?: boolean;
        };
        /** @description Who wrote last in a channel. */
        NewestInChannel: {
            /** @description null: no client has written */
            newest: components["schemas"]["NewestMessage"] | null;
        };
        /** @description A message of a client. */
        NewestMessage: {
            messageId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /** @description What the client is called */
            name: string;
            /**
             * Format: date-time
             * @description The time of the messenger
             */
            sentAt: string;
            /**
             * Format: date-time
             * @description When Konvert stored it
             */
            storedAt: string;
        };
        NoReceiver: {
            /** @enum {string} */
            error: "NO_RECEIVER";
            /** @description For people */
            description: string;
        };
        /** @description The decision that no reply is needed. */
        NoReplyEntry: {
            /** @description null: the CRM itself */
            userId: string | null;
            reason?: string;
            /** @description null while it holds */
            withdrawnAt: string | null;
        };
        /** @description Who said that no reply is needed, and when. */
        NoReplyMark: {
            /** @description null: the CRM itself */
            userId: string | null;
            /** Format: date-time */
            at: string;
            reason?: string;
        };
        /** @description Whether a reply is needed to what was seen. */
        NoReplyNeeded: {
            noReplyNeeded: boolean;
            /** @description Needed with true: what was on the screen */
            seenUpTo?: string;
            reason?: string;
        };
        NotFound: {
            /** @enum {string} */
            error: "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        NotFoundOrPersonNotFound: {
            /** @enum {string} */
            error: "NOT_FOUND" | "PERSON_NOT_FOUND";
            /** @description For people */
            description: string;
        };
        NotFoundOrUserNotFound: {
            /** @enum {string} */
            error: "NOT_FOUND" | "USER_NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description There is nothing to say. */
        Nothing: Record<string, never>;
        /** @description What a browser that was woken has to show. */
        Notices: {
            accountId: string;
            /** @description How many people wait for the user */
            clients: number;
            /**
             * @description There are more than that
             * @constant
             */
            isMore?: true;
            /** @description The one who waits longest; absent if nobody waits */
            longest?: components["schemas"]["NamedChat"];
            leaving: components["schemas"]["LeavingChat"][];
            /** @description Chats that have waited too long; only a head is told of them */
            late: components["schemas"]["NamedChat"][];
            /**
             * @description Konvert has set the user away
             * @constant
             */
            isSetAway?: true;
            /** @description Those whom Konvert has set away, for a head of one of their channels; absent if there are none */
            othersSetAway?: string[];
        };
        /** @description The channel at fault. */
        OfChannel: {
            channelId: string;
        };
        /** @description The channel at fault, and its messenger. */
        OfTransport: {
            channelId: string;
            transport: string;
        };
        /** @description What a message said before it was changed. */
        OldInfo: {
            oldText: string;
        };
        /** @description The chat whose client has waited longest. */
        OldestUnanswered: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            name: string;
            /** Format: date-time */
            since: string;
        };
        OpenChatWindowBadRequest: {
            error: {
                /** @enum {string} */
                code: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "INVALID_USER";
            };
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"];
        };
        OpenChatWindowForbidden: {
            error: {
                /** @enum {string} */
                code: "ACCOUNT_DISABLED" | "FORBIDDEN";
            };
            /** @description For people */
            description: string;
        };
        OpenChatWindowInternalError: {
            error: {
                /** @enum {string} */
                code: "INTERNAL_ERROR";
            };
            /** @description For people */
            description: string;
        };
        OpenChatWindowTooLarge: {
            error: {
                /** @enum {string} */
                code: "TOO_LARGE";
            };
            /** @description For people */
            description: string;
        };
        OpenChatWindowUnsupportedMediaType: {
            error: {
                /** @enum {string} */
                code: "UNSUPPORTED_MEDIA_TYPE";
            };
            /** @description For people */
            description: string;
        };
        /** @description The chat that a page opens. */
        OpenedChat: {
            channelId?: string;
            chatType: string;
            chatId: string;
        };
        /** @description The options of the account. */
        Options: {
            notifyHeadsAboutAllMessages: boolean;
            saveMessagesToTimeline: boolean;
            frameAncestors: string[];
            /** @description After so many days messages are forgotten; null keeps them */
            retentionDays: number | null;
            /** @description By name, as they hold now */
            schedules: {
                [key: string]: components["schemas"]["StoredHours"];
            };
            /** @description The IANA name of the zone in which the account counts its days */
            zone: string;
            /** @description Grows with each change of them; 0 if there was none */
            version: number;
        };
        /** @description The options that change. */
        OptionsChange: {
            notifyHeadsAboutAllMessages?: boolean;
            saveMessagesToTimeline?: boolean;
            /** @description Pages of these origins may show ours in a frame: https://host or https://*.host.example */
            frameAncestors?: string[];
            /** @description After so many days messages are forgotten; null keeps them */
            retentionDays?: number | null;
            /** @description By name. null takes one away; those that are not named stay */
            schedules?: {
                [key: string]: components["schemas"]["Hours"] | null;
            };
            /** @description New names by the present ones, without `schedules`. Channels and users keep the schedule */
            renameSchedules?: {
                [key: string]: string;
            };
            /** @description The IANA name of the zone in which the account counts its days */
            zone?: string;
            /** @description That which was read: if another one is stored, nothing is */
            version?: number;
        };
        /** @description Which program gets the updates. */
        OtherProgram: {
            /** @description The host of its webhook */
            webhookHost?: string;
        };
        /** @description The promise of an answer. */
        OwedEntry: {
            /** @description null: the CRM itself */
            userId: string | null;
            /** @description null while it holds */
            withdrawnAt: string | null;
        };
        /** @description Who owes an answer, and since when. */
        OwedMark: {
            /** @description null: the CRM itself */
            userId: string | null;
            /** Format: date-time */
            at: string;
        };
        /** @description A channel as a page sees it. */
        PageChannel: {
            channelId: string;
            name: string;
            transport: string;
            chatTypes: string[];
            state: string;
            /** @description The user’s own, null without one */
            role: ("seller" | "manager" | "auditor") | null;
            /** @description The ids of those who may write there, for those who have a role there themselves */
            writers: string[];
        };
        /** @description An address that opens the page once. */
        PageLink: {
            /**
             * Format: uri
             * @description Good once; its secret is in the fragment
             */
            url: string;
        };
        /** @description What a page shows, as its link said. */
        PageScope: {
            /** @enum {string} */
            kind: "global" | "card" | "settings";
            filter?: components["schemas"]["CardAddress"][];
            activeChat?: components["schemas"]["OpenedChat"];
            useDealsEvents?: boolean;
            useMessageEvents?: boolean;
        };
        /** @description A bearer of the page, and what it opens. */
        PageToken: {
            token: string;
            /**
             * Format: date-time
             * @description Twelve hours after the last use
             */
            expiresAt: string;
            scope: components["schemas"]["PageScope"];
        };
        /** @description A user who got no turn. */
        PassedOver: {
            userId: string;
            /** @description SWITCHED_OFF, MAY_NOT_WRITE, AWAY, OUT_OF_HOURS, or of a return HAD_THIS_CLIENT */
            reason: string;
        };
        /** @description Seconds; null if there is nothing to count. */
        Percentiles: {
            /** @description Half of them were not longer */
            p50: number | null;
            /** @description Nine of ten were not longer */
            p90: number | null;
        };
        /** @description The link to the phone behind a channel. */
        PhoneLink: {
            /**
             * @description qridle: the code has to be scanned; init: there is none yet
             * @enum {string}
             */
            state: "active" | "init" | "qridle" | "phoneUnavailable" | "openelsewhere";
            /** @description The text of the code, as long as there is one. A phone that scans it gets all messages */
            qr?: string;
        };
        /** @description A pipeline. */
        Pipeline: {
            id: string;
            name: string;
            stages?: components["schemas"]["Stage"][];
        };
        /** @description A question to choose answers to. */
        Poll: {
            question: string;
            options: string[];
        };
        /** @description A button that was pressed. */
        PressedButton: {
            /** @description Its label */
            text: string;
            /** @description What it gives back */
            payload: string;
        };
        /** @description Where a browser is woken by Web Push. */
        PushSubscription: {
            endpoint: string;
            /** @enum {string} */
            notices?: "all" | "mine" | "none";
            outsideHours?: boolean;
        };
        PushUsersBadRequest: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "DUPLICATE_PHONE_NUMBER";
            /** @description For people */
            description: string;
            data: components["schemas"]["TakenPhone"];
        } | {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_USERS_DATA" | "TOO_MANY_ENTITIES" | "USER_LIMIT_EXCEEDED";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongEntity"][] | components["schemas"]["TooMany"] | components["schemas"]["LimitOfAccount"];
        };
        /** @description All quick replies. */
        QuickReplies: {
            quickReplies: components["schemas"]["QuickReply"][];
            /** @description That of the answer before: if it is not the stored one, nothing is replaced. Without it the last one wins */
            version?: number;
        };
        /** @description A text that users put into their messages. */
        QuickReply: {
            /** @description Made by the caller */
            id: string;
            title: string;
            text: string;
        };
        /** @description What a message quotes. */
        QuotedMessage: {
            messageId?: string;
            type?: string;
            kind?: string;
            text?: string;
            authorName?: string;
        };
        ReceiveFromMessengerBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "UNREADABLE_WEBHOOK";
            /** @description For people */
            description: string;
        };
        /** @description Where events go, and which. */
        Receiver: {
            webhooksUri: string | null;
            subscriptions: components["schemas"]["SubscribedEvents"];
            /**
             * Format: date-time
             * @description There if the receiver answered 410: nothing is sent until it is registered again
             */
            endedAt?: string;
        };
        /** @description What a receiver answered to a test. */
        ReceiverTest: {
            /** Format: date-time */
            at: string;
            tookMs: number;
            /** @description Absent if there was no answer */
            status?: number;
            /** @description Why there was no answer: TIMEOUT, PRIVATE_ADDRESS or the code of a failed connection */
            reason?: string;
        };
        RefreshCrmBadRequest: {
            /** @enum {string} */
            error: "CRM_REFUSED";
            /** @description For people */
            description: string;
            data: components["schemas"]["CrmCode"];
        };
        /** @description What was loaded from the CRM. */
        RefreshedCrm: {
            users: {
                added: number;
                changed: number;
                gone: number;
            };
            /** @description How many there are now */
            pipelines: number;
            /** @description Those that stand now */
            problems: components["schemas"]["CrmProblem"][];
        };
        /** @description The CRM takes long, so loading goes on by itself. */
        RefreshingCrm: {
            /** @constant */
            refreshing: true;
        };
        /** @description The address is registered. */
        Registered: {
            /** @constant */
            ok: true;
        };
        /** @description Where events go, and which. */
        Registration: {
            /** @description Without it the address stays */
            webhooksUri?: string;
            subscriptions?: components["schemas"]["WantedEvents"];
            messagesAndStatuses?: boolean;
            contactsAndDealsCreation?: boolean;
            channelsUpdates?: boolean;
            templateStatus?: boolean;
            templateStatuses?: boolean;
            wabaTemplatesStatus?: boolean;
            assignments?: boolean;
            waiting?: boolean;
            /** @description Goes with each event as Authorization: Bearer. Left out it stays, null removes it */
            crmKey?: string | null;
        };
        /** @description Who the page is open for. */
        Renewal: {
            accountId?: string;
            userId?: string;
        };
        /** @description The message that was accepted before. */
        RepeatedMessage: {
            crmMessageId: string;
            /** @description Told to a page only */
            messageId?: string;
        };
        ReplaceQuickRepliesConflict: {
            /** @enum {string} */
            error: "QUICK_REPLIES_CHANGED";
            /** @description For people */
            description: string;
            data: components["schemas"]["StoredVersion"];
        };
        /** @description The events of a time. */
        Replay: {
            /** @constant */
            target: "webhook";
            /** Format: date-time */
            from: string;
            /**
             * Format: date-time
             * @description Not part of it; now unless it is given
             */
            to?: string;
        };
        /** @description The delivery that is tried again. */
        RetriedDelivery: {
            deliveryId: string;
        };
        /** @description Everything that failed for a target. */
        Retry: {
            target: string;
        };
        RetryDeliveryNotFound: {
            /** @enum {string} */
            error: "CRM_NOT_CONNECTED" | "DELIVERY_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        RetryTargetNotFound: {
            /** @enum {string} */
            error: "CRM_NOT_CONNECTED" | "TARGET_NOT_FOUND";
            /** @description For people */
            description: string;
        };
        RevokeKeyBadRequest: {
            /** @enum {string} */
            error: "LAST_KEY";
            /** @description For people */
            description: string;
        };
        RevokeKeyNotFound: {
            /** @enum {string} */
            error: "KEY_NOT_FOUND" | "NOT_FOUND";
            /** @description For people */
            description: string;
        };
        /** @description The API key that was revoked. */
        RevokedKey: {
            keyId: string;
        };
        /**
         * @description What a user may see and do in a channel.
         * @enum {string}
         */
        Role: "seller" | "manager" | "auditor";
        /** @description A button in a row, of Telegram. */
        RowButton: {
            /** @enum {string} */
            type?: "callback" | "link" | "message";
            text: string;
            /** @description Where a press leads; an inline button has this or callbackData */
            url?: string;
            /** @description What a press gives back, at most 64 bytes */
            callbackData?: string;
            payload?: string;
        };
        /** @description Why a message was not sent. */
        SendError: {
            error: string;
            description: string;
            /** @description A word of the compatible API */
            reason?: string;
        };
        SendMessageBadRequest: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "CHANNEL_BLOCKED" | "CHANNEL_NOT_FOUND" | "INVALID_BODY" | "INVALID_JSON" | "INVALID_MESSAGE_DATA" | "MESSAGES_CONTENT_CAN_NOT_BE_BLANK" | "MESSAGES_CONTENT_SIZE_EXCEEDED" | "MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM" | "MESSAGES_CONTENT_SIZE_EXCEEDED_WABA" | "MESSAGES_TEXT_CAN_NOT_BE_BLANK" | "MESSAGES_TOO_LONG_AVITO" | "MESSAGES_TOO_LONG_INSTAGRAM" | "MESSAGES_TOO_LONG_TELEGRAM" | "MESSAGES_TOO_LONG_VIBER" | "MESSAGES_TOO_LONG_VK" | "MESSAGES_TOO_LONG_WABA" | "MESSAGES_TOO_LONG_WABA_HEADER" | "MESSAGES_TOO_LONG_WABA_TEMPLATE" | "MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI" | "MESSAGE_CHANNEL_UNAVAILABLE" | "MESSAGE_DOWNLOAD_CONTENT_ERROR" | "MESSAGE_NOTHING_TO_SEND" | "MESSAGE_ONLY_TEXT_OR_CONTENT" | "MESSAGE_TEXT_TOO_LONG" | "MESSAGE_WRONG_CONTENT_TYPE" | "REFERENCE_MESSAGE_NOT_FOUND" | "REPEATED_CRM_MESSAGE_ID" | "TEMPLATE_REJECTED" | "WRONG_TRANSPORT";
            /** @description For people */
            description: string;
            data?: components["schemas"]["OfChannel"] | components["schemas"]["WrongFields"] | components["schemas"]["RepeatedMessage"] | components["schemas"]["WrongMessenger"];
        };
        SendMessageConflict: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "ALREADY_TAKEN";
            /** @description For people */
            description: string;
            data: components["schemas"]["TakenBy"];
        };
        SendMessageUnavailable: {
            /** @description That of the answer */
            status: number;
            /** @description 32 hexadecimal digits, as in the log */
            requestId: string;
            /** @enum {string} */
            error: "MESSENGER_UNREACHABLE" | "STARTING";
            /** @description For people */
            description: string;
        };
        /** @description How many wait to leave again. */
        SentAgain: {
            count: number;
            /**
             * @description Others follow by themselves
             * @constant
             */
            more?: true;
        };
        /** @description The reply that was accepted: stored, and about to leave. */
        SentMessage: {
            messageId: string;
            /** @description The chat’s own id, if the request named it by another */
            chatId: string;
        };
        /** @description A template, by its name at the messenger. */
        SentTemplate: {
            name: string;
            language: string;
        };
        SetNoReplyNeededBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "INVALID_SEEN_UP_TO";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"] | components["schemas"]["WrongFields"];
        };
        SetStillOwedBadRequest: {
            /** @enum {string} */
            error: "INVALID_BODY" | "INVALID_JSON" | "INVALID_REQUEST" | "NOTHING_TO_ANSWER";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongValues"];
        };
        SettingsChanged: {
            /** @enum {string} */
            error: "SETTINGS_CHANGED";
            /** @description For people */
            description: string;
            data: components["schemas"]["StoredVersion"];
        };
        /** @description What a replacement of settings would change for people. */
        SettingsPreview: {
            /** @description Waiting clients */
            givenOut: number;
            /** @description Those who lose most first */
            losesSight: components["schemas"]["SightLoss"][];
            /** @description The counting ended early: no figure is too large */
            atLeast: boolean;
            warnings?: ("TOLD_BEFORE_RETURN" | "LONGER_THAN_OPEN")[];
        };
        /** @description What cannot be stored, or no longer holds. */
        SettingsProblems: {
            fields: string[];
            unknownUsers?: string[];
            unknownPipelines?: string[];
            unknownStages?: string[];
        };
        /** @description A user who would see fewer chats of the channel. */
        SightLoss: {
            userId: string;
            chats: number;
        };
        /** @description A secret that signs events; shown this once. */
        SigningSecret: {
            secret: string;
            /** Format: date-time */
            validFrom: string;
            /** @description Until when the former one signs beside it; null if there was none */
            formerSignsUntil: string | null;
        };
        /** @description A stage of a pipeline. */
        Stage: {
            id: string;
            name: string;
        };
        Starting: {
            /** @enum {string} */
            error: "STARTING";
            /** @description For people */
            description: string;
        };
        /** @description How long clients waited, and who answered them. */
        Statistics: {
            /** @description The time zone of the days, hours and weekdays */
            zone: string;
            /** @description The first day, YYYY-MM-DD */
            from: string;
            /** @description The last day */
            to: string;
            /** @description Whether the percentiles are exact. Above 50,000 waits they are within 2.5 percent */
            exact: boolean;
            rows: components["schemas"]["StatisticsRow"][];
            /** @description What waits now, in the channels that a head sees; absent for a seller */
            now?: components["schemas"]["WaitingNow"];
        };
        /** @description What was counted for one key. Times are in seconds. */
        StatisticsRow: {
            /** @description A day YYYY-MM-DD, an hour 00 to 23, a weekday 1 (Monday) to 7, both as 1-09, the id of a channel or user; else what `kind` says */
            key: string;
            /**
             * @description What the key is. Of users also `crm` (answered without a user), `phone` (on a phone) and `nobody` (not answered)
             * @enum {string}
             */
            kind: "all" | "day" | "hour" | "weekday" | "weekday-hour" | "channel" | "user" | "crm" | "phone" | "nobody";
            /** @description All waits that began then */
            waits: number;
            /** @description Those that an answer ended */
            answered: number;
            /** @description Those that the word ended that no reply is needed */
            noReplyNeeded: number;
            /** @description Those that a text ended which a phone sent by itself, as it seems */
            auto: number;
            /** @description Those that have not ended */
            open: number;
            /** @description From the first message of an answered wait to its answer */
            replyTime: components["schemas"]["Percentiles"];
            /** @description The same, in working time of the channel */
            inHours: components["schemas"]["Percentiles"];
            /** @description The same as replyTime, of clients whom nobody had answered before */
            firstReply: components["schemas"]["Percentiles"];
            /** @description Of answers by the responsible user, since they got the client */
            ownTime: components["schemas"]["Percentiles"];
            /** @description Clients who went back from the user, because they did not answer */
            letGo: number;
            /** @description Clients who came to the user in that way */
            received: number;
            /** @description New clients that the user became responsible for: each counts once, for who had them first */
            newClients: number;
        };
        /**
         * @description By whom or what a status is in force.
         * @enum {string}
         */
        StatusBy: "user" | "head" | "crm" | "konvert" | "schedule";
        /** @description Whether an answer is still owed. */
        StillOwed: {
            stillOwed: boolean;
        };
        /** @description One’s own unsent text as it is stored; empty if there is none. */
        StoredDraft: {
            text: string;
            quotedMessageId?: string;
            savedAt: string | null;
        };
        /** @description When a team works. */
        StoredHours: {
            zone: string;
            week: components["schemas"]["StoredWeek"];
            /** @description By date. [] is a day off */
            exceptions: {
                [key: string]: string[][];
            };
        };
        /** @description What happens to new clients. */
        StoredNewClients: {
            mode: components["schemas"]["NewClientMode"];
            pipelineId?: string;
            stageId?: string;
        };
        /** @description All quick replies, in their order. */
        StoredQuickReplies: {
            quickReplies: components["schemas"]["StoredQuickReply"][];
            version: number;
        };
        /** @description A quick reply. */
        StoredQuickReply: {
            id: string;
            title: string;
            text: string;
        };
        /** @description The subscription that was stored or ended. */
        StoredSubscription: {
            id: string;
            /** @enum {string} */
            notices?: "all" | "mine" | "none";
            outsideHours?: boolean;
        };
        /** @description A user of the CRM. */
        StoredUser: {
            id: string;
            name: string;
            /** @description In digits */
            phone: string | null;
        };
        /** @description The version that is stored. */
        StoredVersion: {
            version: number;
        };
        /** @description The intervals of the days of a week. A day that is missing is off. */
        StoredWeek: {
            mon?: string[][];
            tue?: string[][];
            wed?: string[][];
            thu?: string[][];
            fri?: string[][];
            sat?: string[][];
            sun?: string[][];
        };
        /** @description Which events are sent. */
        SubscribedEvents: {
            messagesAndStatuses: boolean;
            contactsAndDealsCreation: boolean;
            channelsUpdates: boolean;
            templateStatus: boolean;
            /** @description Another name of templateStatus */
            wabaTemplatesStatus: boolean;
            /** @constant */
            assignments?: true;
            /** @constant */
            waiting?: true;
        };
        /** @description Who has taken the client. */
        TakenBy: {
            responsibleUserId?: string;
            name?: string;
        };
        /** @description The phone that somebody else has. */
        TakenPhone: {
            phone: string;
        };
        /** @description The users that the caller may know of, by name. */
        Team: {
            users: components["schemas"]["TeamMember"][];
        };
        /** @description A user, and whether they receive clients. */
        TeamMember: {
            userId: string;
            name: string;
            status: components["schemas"]["UserStatus"];
            /**
             * Format: date-time
             * @description When the status ends; absent: when somebody says otherwise
             */
            until?: string;
            /** @description Who said it, or `schedule`. Absent: on, because nobody said otherwise */
            by?: components["schemas"]["StatusBy"];
            reason?: string;
            /** @description Absent: none */
            schedule?: string;
            duty: components["schemas"]["UserDuty"];
            /** @description The channels in which they have a role */
            channels: string[];
            /** @description How many of their clients would go to others with `return: true`, at most 50. Told to the user who asks, while they are away */
            returnable?: number;
        };
        /** @description What a channel of `telegram` needs. */
        TelegramCredentials: {
            botToken: string;
            apiBaseUrl?: string;
        };
        /** @description A template of WhatsApp. */
        Template: {
            /** @description The templateId of POST /v3/message */
            templateGuid: string;
            accountId: number;
            title: string;
            name: string;
            waba: components["schemas"]["BusinessAccount"];
            /** @description The channels that can send it */
            channels: string[];
            category: string;
            language: string;
            /** @description The messenger’s own word in lower case: approved, pending, rejected, paused, disabled, … */
            status: string;
            rejected_reason: string;
            /** @description Always empty: Meta tells none any more */
            namespace: string;
            components: components["schemas"]["TemplateComponent"][];
            /** @description A text that sends the template */
            templateCode: string;
        };
        /** @description A button of a template, by its place. */
        TemplateButton: {
            /** @description What a press gives back */
            payload: string;
        };
        /** @description A part of a template, as Meta has it. */
        TemplateComponent: {
            type: string;
            format?: string;
            text?: string;
            example?: string[];
            buttons?: components["schemas"]["TemplateComponentButton"][];
        };
        /** @description A button of a template, as Meta has it. */
        TemplateComponentButton: {
            type: string;
            text: string;
            url?: string;
        };
        /** @description The status of a template. */
        TemplateEvent: {
            templateStatus: {
                templateGuid: string;
                name: string;
                status: string;
            };
        };
        /** @description What the address answered. */
        TestAnswer: {
            status: number;
        };
        /** @description Nothing but a test. */
        TestEvent: {
            /** @constant */
            test: true;
        };
        /** @description Why the address did not answer. */
        TestFailure: {
            /** @description TIMEOUT, PRIVATE_ADDRESS, or the code of a failed connection */
            reason: string;
        };
        TooLarge: {
            /** @enum {string} */
            error: "TOO_LARGE";
            /** @description For people */
            description: string;
        };
        /** @description How many there are, and how many there may be. */
        TooMany: {
            count: number;
            limit: number;
        };
        Unauthorized: {
            /** @enum {string} */
            error: "UNAUTHORIZED";
            /** @description For people */
            description: string;
        };
        UnauthorizedOrUnknownUser: {
            /** @enum {string} */
            error: "UNAUTHORIZED" | "UNKNOWN_USER";
            /** @description For people */
            description: string;
            data?: components["schemas"]["WrongFields"];
        };
        UnreadableBody: {
            /** @enum {string} */
            error: "INVALID_BODY";
            /** @description For people */
            description: string;
        };
        UnsupportedMediaType: {
            /** @enum {string} */
            error: "UNSUPPORTED_MEDIA_TYPE";
            /** @description For people */
            description: string;
        };
        /** @description Where the file goes. */
        Upload: {
            /**
             * Format: uri
             * @description Send it with a message after the upload. A file that no message took is removed after a day
             */
            contentUri: string;
            /** @description PUT the bytes to url with these headers and no others, within an hour */
            upload: components["schemas"]["UploadTarget"];
        };
        /** @description Where and how the bytes are sent: PUT, within an hour. */
        UploadTarget: {
            /** @description On one machine without its host: it is that of the API */
            url: string;
            headers: {
                [key: string]: string;
            };
        };
        /** @description A user of the CRM. */
        User: {
            id: string;
            name: string;
            /** @description 7 to 15 digits; signs between them are removed, and a phone that is badly formed is dropped */
            phone?: string;
        };
        /**
         * @description What a user does while they are on: `receives` new clients, `answers` only those who are theirs, `watches` (quality control), or `none`, without a role.
         * @enum {string}
         */
        UserDuty: "receives" | "answers" | "watches" | "none";
        /** @description The role of a user in a channel. */
        UserRole: {
            userId: string;
            role: components["schemas"]["Role"];
            allowGetNewClients: boolean;
        };
        /**
         * @description Whether a user receives clients. `away` takes nothing from them.
         * @enum {string}
         */
        UserStatus: "on" | "away";
        /** @description The card of a person. */
        VCard: {
            name?: string;
            phone?: string;
            /** @description The messenger vouches that the card is the sender’s own */
            isSender?: boolean;
            /** @description The vCard */
            text?: string;
        };
        /** @description What a channel of `viber` needs. */
        ViberCredentials: {
            authToken: string;
            senderName: string;
            apiBaseUrl?: string;
        };
        /** @description What a channel of `vk` needs. */
        VkCredentials: {
            groupId: string;
            accessToken: string;
            confirmation?: string;
            apiBaseUrl?: string;
        };
        /** @description What is done about clients who wait. */
        Waiting: {
            returnAfterMinutes: number | null;
            returnsAtMost: number;
            /** @enum {string} */
            then: "pool" | "keep";
            tellHeadsAfterMinutes: number | null;
            awayAfterReturns: number;
            /** @enum {string} */
            outsideHours: "give" | "hold";
        };
        /** @description A client who has waited so long that heads are told. */
        WaitingClient: {
            channelId: string;
            chatType: components["schemas"]["ChatType"];
            chatId: string;
            /**
             * Format: date-time
             * @description The time of the first message that nobody has answered
             */
            since: string;
            /** @description Absent if the client is in the pool */
            responsibleUserId?: string;
        };
        /** @description Clients who wait too long. */
        WaitingEvent: {
            waiting: components["schemas"]["WaitingClient"][];
        };
        /** @description What waits to leave for a target. */
        WaitingLane: {
            /** @description The key of a chat, or webhook for events */
            target: string;
            /** @enum {string} */
            kind: "reply" | "event" | "crm" | "news";
            /** @description Up to 100 */
            waiting: number;
            /**
             * Format: date-time
             * @description Since when the first of it waits
             */
            since: string;
            /**
             * @description More waits
             * @constant
             */
            atLeast?: true;
            /**
             * @description Events of one client or channel that the receiver refused while it took others
             * @constant
             */
            setAside?: true;
            /**
             * Format: date-time
             * @description Absent while it is being tried
             */
            nextAttemptAt?: string;
            lastError?: components["schemas"]["DeliveryError"];
        };
        /** @description What waits now. */
        WaitingNow: {
            /** @description The number of chats */
            waiting: number;
            /** @description Since when the longest of them waits; null if none does */
            since: string | null;
        };
        /** @description Waiting chats of which nobody who is responsible could answer. */
        WaitingWithoutAnybody: {
            count: number;
            /** @description Since when the first of them waits */
            since: string | null;
            /**
             * @description There are more than 1,000
             * @constant
             */
            atLeast?: true;
        };
        /** @description Which events are wanted. A switch that is left out is off. */
        WantedEvents: {
            messagesAndStatuses?: boolean;
            contactsAndDealsCreation?: boolean;
            channelsUpdates?: boolean;
            templateStatus?: boolean;
            /** @description Another name of templateStatus */
            templateStatuses?: boolean;
            /** @description Another name of templateStatus */
            wabaTemplatesStatus?: boolean;
            assignments?: boolean;
            waiting?: boolean;
        };
        /** @description What a channel of `wapi` needs. */
        WapiCredentials: {
            phoneNumberId: string;
            wabaId?: string;
            accessToken: string;
            appSecret: string;
            apiBaseUrl?: string;
        };
        /** @description The intervals of the days of a week. A day that is missing is off. */
        Week: {
            mon?: components["schemas"]["Interval"][];
            tue?: components["schemas"]["Interval"][];
            wed?: components["schemas"]["Interval"][];
            thu?: components["schemas"]["Interval"][];
            fri?: components["schemas"]["Interval"][];
            sat?: components["schemas"]["Interval"][];
            sun?: components["schemas"]["Interval"][];
        };
        /** @description What a channel of `whatsapp` needs. */
        WhatsappCredentials: {
            serverUrl: string;
            instance: string;
            apiKey: string;
        };
        /** @description What a setting of the timer would have done. */
        WouldReturn: {
            /** @description Over how many days */
            days: number;
            /** @description All waits that ended in them */
            waits: number;
            /** @description Waits in which a user would have been warned */
            wouldWarn: number;
            /** @description Waits whose client would have gone to another user */
            wouldReturn: number;
            /** @description Waits whose client would have fallen into the pool */
            wouldPool: number;
            /** @description Waits of which heads would have been told */
            wouldTell: number;
            /** @description Waits that an answer ended */
            answered: number;
            /** @description Those of them that were answered on a phone */
            byPhone: number;
            /** @description What of the channel the setting does not go well with */
            warnings?: "ANSWERED_BY_PHONE"[];
        };
        /** @description Where an array is wrong. */
        WrongEntity: {
            index: number;
            fields: string[];
        };
        /** @description The fields that are missing or wrong. */
        WrongFields: {
            fields: string[];
        };
        /** @description The channel with its messenger, and the messenger that was named. */
        WrongMessenger: {
            channelId: string;
            transport: string;
            chatType: string;
        };
        /** @description The settings at fault. */
        WrongSettings: {
            fields: string[];
            unknownUsers?: string[];
            unknownPipelines?: string[];
            unknownStages?: string[];
        };
        /** @description The values at fault. */
        WrongValues: {
            fields: string[];
            /** @description The earliest time that would do */
            earliest?: string;
        };
    };
    responses: {
        /**
         * @description `ACCOUNT_DISABLED`: The operator has disabled the account.
         *
         *     `CHAT_NO_ACCESS`: The user may not write in the chat.
         *
         *     `FORBIDDEN`: This key, page or user may not do this.
         */
        AccountDisabledOrChatNoAccessOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountDisabledOrChatNoAccessOrForbidden"];
            };
        };
        /**
         * @description `ACCOUNT_DISABLED`: The operator has disabled the account.
         *
         *     `FORBIDDEN`: This key, page or user may not do this.
         */
        AccountDisabledOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountDisabledOrForbidden"];
            };
        };
        /**
         * @description `ACCOUNT_NOT_FOUND`: The operator has made no such account.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        AccountNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccountNotFoundOrNotFound"];
            };
        };
        /**
         * @description `CHANGE_UNDER_WAY`: Another request changes the webhook; try again in a minute.
         *
         *     `CONNECTED_ELSEWHERE`: Another program gets the updates of that bot.
         */
        ChangeUnderWayOrConnectedElsewhere: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChangeUnderWayOrConnectedElsewhere"];
            };
        };
        /**
         * @description `CHANNEL_NOT_FOUND`: The channel was deleted, or the account never had it.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        ChannelNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChannelNotFoundOrNotFound"];
            };
        };
        /**
         * @description `CHAT_NOT_FOUND`: There is no such chat, or the user does not see it.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        ChatNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ChatNotFoundOrNotFound"];
            };
        };
        /**
         * @description `CONTACT_NOT_FOUND`: There is no such contact.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        ContactNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ContactNotFoundOrNotFound"];
            };
        };
        /**
         * @description `CREDENTIALS_REFUSED`: The messenger refused the credentials; the description is in its words.
         *
         *     `INVALID_REQUEST`: Values are missing or wrong.
         */
        CredentialsRefusedOrInvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CredentialsRefusedOrInvalidRequest"];
            };
        };
        /**
         * @description `CREDENTIALS_REFUSED`: The messenger refused the credentials; the description is in its words.
         *
         *     `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_REQUEST`: Values are missing or wrong.
         */
        CredentialsRefusedOrInvalidRequestOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CredentialsRefusedOrInvalidRequestOrUnreadableBody"];
            };
        };
        /** @description `CRM_CONNECTED`: The account has a CRM already, or the credentials are of another one. */
        CrmConnected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "CRM_CONNECTED",
                 *       "description": "The account has a CRM already, or the credentials are of another one."
                 *     }
                 */
                "application/json": components["schemas"]["CrmConnected"];
            };
        };
        /** @description `CRM_NOT_CONNECTED`: The account has no CRM connected. */
        CrmNotConnected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "CRM_NOT_CONNECTED",
                 *       "description": "The account has no CRM connected."
                 *     }
                 */
                "application/json": components["schemas"]["CrmNotConnected"];
            };
        };
        /**
         * @description `CRM_NOT_CONNECTED`: The account has no CRM connected.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        CrmNotConnectedOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CrmNotConnectedOrNotFound"];
            };
        };
        /**
         * @description `CRM_REFUSED`: The CRM refused; the description is in its words.
         *
         *     `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_CREDENTIALS`: Credentials of the CRM are missing or wrong.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_REQUEST`: Values are missing or wrong.
         */
        CrmRefusedOrInvalidCredentialsOrInvalidRequestOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CrmRefusedOrInvalidCredentialsOrInvalidRequestOrUnreadableBody"];
            };
        };
        /** @description `CRM_UNREACHABLE`: The CRM did not answer, or asks to wait. */
        CrmUnreachable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "CRM_UNREACHABLE",
                 *       "description": "The CRM did not answer, or asks to wait."
                 *     }
                 */
                "application/json": components["schemas"]["CrmUnreachable"];
            };
        };
        /**
         * @description `DEAL_NOT_FOUND`: There is no such deal.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        DealNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DealNotFoundOrNotFound"];
            };
        };
        /** @description `DIRECTORY_KEPT_BY_CONNECTOR`: The connected CRM keeps users, contacts, deals and pipelines. */
        DirectoryKeptByConnector: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "DIRECTORY_KEPT_BY_CONNECTOR",
                 *       "description": "The connected CRM keeps users, contacts, deals and pipelines."
                 *     }
                 */
                "application/json": components["schemas"]["DirectoryKeptByConnector"];
            };
        };
        /** @description `FILE_GONE`: The file was removed, or is too large to be kept. */
        FileGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "FILE_GONE",
                 *       "description": "The file was removed, or is too large to be kept."
                 *     }
                 */
                "application/json": components["schemas"]["FileGone"];
            };
        };
        /**
         * @description `FILE_NOT_FOUND`: There is no such file.
         *
         *     `NOT_FOUND`: There is no such route, or not in this installation.
         */
        FileNotFoundOrNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FileNotFoundOrNotFound"];
            };
        };
        /** @description `FILE_NOT_READY`: The file is on its way from the messenger. */
        FileNotReady: {
            headers: {
                /** @description In seconds */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "FILE_NOT_READY",
                 *       "description": "The file is on its way from the messenger."
                 *     }
                 */
                "application/json": components["schemas"]["FileNotReady"];
            };
        };
        /** @description `INTERNAL_ERROR`: Something broke on our side; sending the same again is safe. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "INTERNAL_ERROR",
                 *       "description": "Something broke on our side; sending the same again is safe."
                 *     }
                 */
                "application/json": components["schemas"]["InternalError"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_CONTACTS_DATA`: Contacts are missing or wrong; none was stored.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `TOO_MANY_ENTITIES`: The array is longer than one request may have.
         */
        InvalidContactsDataOrTooManyEntitiesOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidContactsDataOrTooManyEntitiesOrUnreadableBody"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_DEALS_DATA`: Deals are missing or wrong; none was stored.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `TOO_MANY_ENTITIES`: The array is longer than one request may have.
         */
        InvalidDealsDataOrTooManyEntitiesOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidDealsDataOrTooManyEntitiesOrUnreadableBody"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_PIPELINES_DATA`: Pipelines are missing, wrong or too large together; none was stored.
         *
         *     `TOO_MANY_ENTITIES`: The array is longer than one request may have.
         */
        InvalidPipelinesDataOrTooManyEntitiesOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidPipelinesDataOrTooManyEntitiesOrUnreadableBody"];
            };
        };
        /** @description `INVALID_REQUEST`: Values are missing or wrong. */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "INVALID_REQUEST",
                 *       "description": "Values are missing or wrong.",
                 *       "data": {
                 *         "fields": [
                 *           "name"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["InvalidRequest"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_REQUEST`: Values are missing or wrong.
         *
         *     `testPostNotPassed`: The address did not answer the test request with 200; data says what came instead.
         *
         *     `uriNotValid`: The address is none that can be called.
         */
        InvalidRequestOrTestPostNotPassedOrUriNotValidOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidRequestOrTestPostNotPassedOrUriNotValidOrUnreadableBody"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_REQUEST`: Values are missing or wrong.
         */
        InvalidRequestOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidRequestOrUnreadableBody"];
            };
        };
        /**
         * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
         *
         *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
         *
         *     `INVALID_SETTINGS`: The settings cannot be stored.
         */
        InvalidSettingsOrUnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidSettingsOrUnreadableBody"];
            };
        };
        /**
         * @description `ACCOUNT_DISABLED`: The operator has disabled the account.
         *
         *     `CHAT_NO_ACCESS`: The user may not write in the chat.
         *
         *     `FORBIDDEN`: This key, page or user may not do this.
         */
        MessageAccountDisabledOrChatNoAccessOrForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MessageAccountDisabledOrChatNoAccessOrForbidden"];
            };
        };
        /** @description `INTERNAL_ERROR`: Something broke on our side; sending the same again is safe. */
        MessageInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 500,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "INTERNAL_ERROR",
                 *       "description": "Something broke on our side; sending the same again is safe."
                 *     }
                 */
                "application/json": components["schemas"]["MessageInternalError"];
            };
        };
        /** @description `MESSENGER_UNREACHABLE`: The messenger did not answer, or said neither yes nor no. */
        MessageMessengerUnreachable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 503,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "MESSENGER_UNREACHABLE",
                 *       "description": "The messenger did not answer, or said neither yes nor no."
                 *     }
                 */
                "application/json": components["schemas"]["MessageMessengerUnreachable"];
            };
        };
        /** @description `NOT_FOUND`: There is no such route, or not in this installation. */
        MessageNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 404,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "NOT_FOUND",
                 *       "description": "There is no such route, or not in this installation."
                 *     }
                 */
                "application/json": components["schemas"]["MessageNotFound"];
            };
        };
        /** @description `TOO_LARGE`: The body is too large; as 431, the headers are. */
        MessageTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 413,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "TOO_LARGE",
                 *       "description": "The body is too large; as 431, the headers are."
                 *     }
                 */
                "application/json": components["schemas"]["MessageTooLarge"];
            };
        };
        /** @description `TOO_MANY_EXT_REQS`: The messenger asks to wait. */
        MessageTooManyExtReqs: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 429,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "TOO_MANY_EXT_REQS",
                 *       "description": "The messenger asks to wait.",
                 *       "data": {
                 *         "retryAfterSeconds": 30
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["MessageTooManyExtReqs"];
            };
        };
        /** @description `UNSUPPORTED_MEDIA_TYPE`: The coding or charset of the body is not known. */
        MessageUnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "status": 415,
                 *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                 *       "error": "UNSUPPORTED_MEDIA_TYPE",
                 *       "description": "The coding or charset of the body is not known."
                 *     }
                 */
                "application/json": components["schemas"]["MessageUnsupportedMediaType"];
            };
        };
        /** @description `MESSENGER_UNREACHABLE`: The messenger did not answer, or said neither yes nor no. */
        MessengerUnreachable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "MESSENGER_UNREACHABLE",
                 *       "description": "The messenger did not answer, or said neither yes nor no."
                 *     }
                 */
                "application/json": components["schemas"]["MessengerUnreachable"];
            };
        };
        /** @description `NO_RECEIVER`: No address gets events. */
        NoReceiver: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "NO_RECEIVER",
                 *       "description": "No address gets events."
                 *     }
                 */
                "application/json": components["schemas"]["NoReceiver"];
            };
        };
        /** @description `NOT_FOUND`: There is no such route, or not in this installation. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "NOT_FOUND",
                 *       "description": "There is no such route, or not in this installation."
                 *     }
                 */
                "application/json": components["schemas"]["NotFound"];
            };
        };
        /**
         * @description `NOT_FOUND`: There is no such route, or not in this installation.
         *
         *     `PERSON_NOT_FOUND`: Nothing is stored of such a person.
         */
        NotFoundOrPersonNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundOrPersonNotFound"];
            };
        };
        /**
         * @description `NOT_FOUND`: There is no such route, or not in this installation.
         *
         *     `USER_NOT_FOUND`: There is no such user.
         */
        NotFoundOrUserNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundOrUserNotFound"];
            };
        };
        /** @description `SETTINGS_CHANGED`: Somebody else has changed the settings; data holds the version that is stored. */
        SettingsChanged: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "SETTINGS_CHANGED",
                 *       "description": "Somebody else has changed the settings; data holds the version that is stored.",
                 *       "data": {
                 *         "version": 8
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SettingsChanged"];
            };
        };
        /** @description `STARTING`: The installation is not a minute old; try again soon. */
        Starting: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "STARTING",
                 *       "description": "The installation is not a minute old; try again soon."
                 *     }
                 */
                "application/json": components["schemas"]["Starting"];
            };
        };
        /** @description `TOO_LARGE`: The body is too large; as 431, the headers are. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "TOO_LARGE",
                 *       "description": "The body is too large; as 431, the headers are."
                 *     }
                 */
                "application/json": components["schemas"]["TooLarge"];
            };
        };
        /** @description `UNAUTHORIZED`: The key, token or secret is missing, wrong, revoked or has ended. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "UNAUTHORIZED",
                 *       "description": "The key, token or secret is missing, wrong, revoked or has ended."
                 *     }
                 */
                "application/json": components["schemas"]["Unauthorized"];
            };
        };
        /**
         * @description `UNAUTHORIZED`: The key, token or secret is missing, wrong, revoked or has ended.
         *
         *     `UNKNOWN_USER`: Nobody has that id: as 401 the user in Konvert-User, as 400 a user who may write in the channel.
         */
        UnauthorizedOrUnknownUser: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedOrUnknownUser"];
            };
        };
        /** @description `INVALID_BODY`: The body is not compressed as Content-Encoding says. */
        UnreadableBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "INVALID_BODY",
                 *       "description": "The body is not compressed as Content-Encoding says."
                 *     }
                 */
                "application/json": components["schemas"]["UnreadableBody"];
            };
        };
        /** @description `UNSUPPORTED_MEDIA_TYPE`: The coding or charset of the body is not known. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "UNSUPPORTED_MEDIA_TYPE",
                 *       "description": "The coding or charset of the body is not known."
                 *     }
                 */
                "application/json": components["schemas"]["UnsupportedMediaType"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of an account
         * @example 2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50
         */
        AccountId: string;
        /**
         * @description The id of a channel
         * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
         */
        ChannelId: string;
        /**
         * @description The messenger’s own id of the person, percent-encoded
         * @example 79001112233
         */
        ChatId: string;
        /**
         * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
         * @example whatsapp
         */
        ChatType: string;
        /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
        ConnectionId: string;
        /**
         * @description The id of a contact in the CRM, percent-encoded
         * @example contact-5
         */
        ContactId: string;
        /** @example amocrm */
        Crm: string;
        /** @description The `nextCursor` of the page before. It is opaque */
        Cursor: string;
        /**
         * @description The id of a deal in the CRM, percent-encoded
         * @example deal-9
         */
        DealId: string;
        /**
         * @description The id or name of a file
         * @example Zr8jEQCIIAyWwAUv4O3zAq1c9Bk
         */
        File: string;
        /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
        KonvertUser: string;
        /**
         * @description The most entries of a page
         * @example 50
         */
        Limit: number;
        /**
         * @description The id of a message
         * @example 01a22bbd-6630-4a4e-ad1b-fd06a80d074e
         */
        MessageId: string;
        /**
         * @description The name of the file; any will do
         * @example doorway.jpg
         */
        Name: string;
        /**
         * @description How many entries to leave out
         * @example 0
         */
        Offset: number;
        /**
         * @description The secret of the address, which only the CRM knows
         * @example k3vHq0YxTz8mW2bS
         */
        Secret: string;
        /**
         * @description The id that the page made: letters, digits, `-` and `_`, 64 at most
         * @example d098859ef19d4752b454117be2092302
         */
        SubscriptionId: string;
        /**
         * @description The id of a user of the team, percent-encoded
         * @example 17
         */
        TeamUserId: string;
        /**
         * @description The messenger, as a channel names it
         * @example wapi
         */
        Transport: string;
        /**
         * @description The id of a user in the CRM, percent-encoded
         * @example 17
         */
        UserId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    answerMessenger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The messenger, as a channel names it
                 * @example wapi
                 */
                transport: components["parameters"]["Transport"];
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The challenge of the messenger, as it was sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    receiveFromMessenger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The messenger, as a channel names it
                 * @example wapi
                 */
                transport: components["parameters"]["Transport"];
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken: `ok`, or the words that the messenger wants */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `UNREADABLE_WEBHOOK`: The body is no webhook of this messenger.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiveFromMessengerBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            /** @description The secret is wrong, and the messenger would not repeat it after 401 */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "01a22bc4-c308-4a4e-ad1b-fd063c1c545b",
                     *       "chatId": "501234567"
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /**
             * @description `CHANNEL_BLOCKED`: The account has switched the channel off.
             *
             *     `CHANNEL_NOT_FOUND`: The channel was deleted, or the account never had it.
             *
             *     `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_MESSAGE_DATA`: Values of the message are missing or wrong.
             *
             *     `MESSAGES_CONTENT_CAN_NOT_BE_BLANK`: The file is empty or missing.
             *
             *     `MESSAGES_CONTENT_SIZE_EXCEEDED`: The file is larger than 10 MB, or than the messenger takes.
             *
             *     `MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM`: The file is larger than Telegram takes.
             *
             *     `MESSAGES_CONTENT_SIZE_EXCEEDED_WABA`: The file is larger than WhatsApp takes.
             *
             *     `MESSAGES_TEXT_CAN_NOT_BE_BLANK`: The text is blank.
             *
             *     `MESSAGES_TOO_LONG_AVITO`: The text is longer than Avito takes.
             *
             *     `MESSAGES_TOO_LONG_INSTAGRAM`: The text is longer than Instagram takes.
             *
             *     `MESSAGES_TOO_LONG_TELEGRAM`: The text is longer than Telegram takes.
             *
             *     `MESSAGES_TOO_LONG_VIBER`: The text is longer than Viber takes.
             *
             *     `MESSAGES_TOO_LONG_VK`: The text is longer than VK takes.
             *
             *     `MESSAGES_TOO_LONG_WABA`: The text is longer than WhatsApp takes.
             *
             *     `MESSAGES_TOO_LONG_WABA_HEADER`: The header of the template is longer than WhatsApp takes.
             *
             *     `MESSAGES_TOO_LONG_WABA_TEMPLATE`: The template with its values is longer than WhatsApp takes.
             *
             *     `MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI`: Instagram takes no file of that type.
             *
             *     `MESSAGE_CHANNEL_UNAVAILABLE`: The messenger no longer takes the credentials of the channel, or no phone is linked to it.
             *
             *     `MESSAGE_DOWNLOAD_CONTENT_ERROR`: The file at contentUri could not be fetched.
             *
             *     `MESSAGE_NOTHING_TO_SEND`: Neither text nor file nor template is there.
             *
             *     `MESSAGE_ONLY_TEXT_OR_CONTENT`: Text and contentUri are both there.
             *
             *     `MESSAGE_TEXT_TOO_LONG`: The text is longer than WhatsApp by QR code, Messenger or MAX takes.
             *
             *     `MESSAGE_WRONG_CONTENT_TYPE`: The messenger takes no file of that type.
             *
             *     `REFERENCE_MESSAGE_NOT_FOUND`: The chat has no message of the id in refMessageId.
             *
             *     `REPEATED_CRM_MESSAGE_ID`: A message with that crmMessageId was accepted; a page is told its id.
             *
             *     `TEMPLATE_REJECTED`: The channel has no approved template of that id.
             *
             *     `WRONG_TRANSPORT`: The channel belongs to another messenger than chatType says.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendMessageBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["MessageAccountDisabledOrChatNoAccessOrForbidden"];
            /** @description `ALREADY_TAKEN`: Somebody else has taken this client. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": 409,
                     *       "requestId": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                     *       "error": "ALREADY_TAKEN",
                     *       "description": "Somebody else has taken this client.",
                     *       "data": {
                     *         "responsibleUserId": "4",
                     *         "name": "Olga Petrova"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SendMessageConflict"];
                };
            };
            413: components["responses"]["MessageTooLarge"];
            415: components["responses"]["MessageUnsupportedMediaType"];
            500: components["responses"]["MessageInternalError"];
            /**
             * @description `MESSENGER_UNREACHABLE`: The messenger did not answer, or said neither yes nor no.
             *
             *     `STARTING`: The installation is not a minute old; try again soon.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendMessageUnavailable"];
                };
            };
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a message
                 * @example 01a22bbd-6630-4a4e-ad1b-fd06a80d074e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "01a22bbd-6630-4a4e-ad1b-fd06a80d074e"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedMessage"];
                };
            };
            /**
             * @description `BAD_CONTACT`: The messenger cannot reach that person.
             *
             *     `CHANNEL_BLOCKED`: The account has switched the channel off.
             *
             *     `CHANNEL_INVALID_TRANSPORT_FOR_DELETION`: The messenger cannot delete messages.
             *
             *     `MESSAGES_DELETION_TIME_EXPIRED`: The message is too old to be deleted.
             *
             *     `MESSAGES_NOT_FOUND`: There is no such message, or none that left through Konvert and is still there.
             *
             *     `MESSAGE_CHANNEL_UNAVAILABLE`: The messenger no longer takes the credentials of the channel, or no phone is linked to it.
             *
             *     `UNKNOWN_ERROR`: The messenger refused for a reason of its own; the description is in its words.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteMessageBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["MessageAccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["MessageNotFound"];
            429: components["responses"]["MessageTooManyExtReqs"];
            500: components["responses"]["MessageInternalError"];
            503: components["responses"]["MessageMessengerUnreachable"];
        };
    };
    editMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a message
                 * @example 01a22bbd-6630-4a4e-ad1b-fd06a80d074e
                 */
                messageId: components["parameters"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messageId": "01a22bbd-6630-4a4e-ad1b-fd06a80d074e"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedMessage"];
                };
            };
            /**
             * @description `BAD_CONTACT`: The messenger cannot reach that person.
             *
             *     `CHANNEL_BLOCKED`: The account has switched the channel off.
             *
             *     `CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING`: The messenger cannot replace files.
             *
             *     `CHANNEL_INVALID_TRANSPORT_FOR_EDITING`: The messenger cannot edit messages.
             *
             *     `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_MESSAGE_DATA`: Values of the message are missing or wrong.
             *
             *     `MESSAGES_CONTAIN_BUTTONS`: A message with buttons cannot be edited.
             *
             *     `MESSAGES_CONTENT_CAN_NOT_BE_BLANK`: The file is empty or missing.
             *
             *     `MESSAGES_CONTENT_SIZE_EXCEEDED`: The file is larger than 10 MB, or than the messenger takes.
             *
             *     `MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM`: The file is larger than Telegram takes.
             *
             *     `MESSAGES_EDITING_TIME_EXPIRED`: The message is too old to be edited.
             *
             *     `MESSAGES_NOT_FOUND`: There is no such message, or none that left through Konvert and is still there.
             *
             *     `MESSAGES_ONLY_TEXT_OR_CONTENT`: Text and contentUri are both there, or the message is a file and has no text.
             *
             *     `MESSAGES_TEXT_CAN_NOT_BE_BLANK`: The text is blank.
             *
             *     `MESSAGES_TOO_LONG_TELEGRAM`: The text is longer than Telegram takes.
             *
             *     `MESSAGES_TOO_LONG_VK`: The text is longer than VK takes.
             *
             *     `MESSAGE_CHANNEL_UNAVAILABLE`: The messenger no longer takes the credentials of the channel, or no phone is linked to it.
             *
             *     `MESSAGE_DOWNLOAD_CONTENT_ERROR`: The file at contentUri could not be fetched.
             *
             *     `MESSAGE_TEXT_TOO_LONG`: The text is longer than WhatsApp by QR code, Messenger or MAX takes.
             *
             *     `MESSAGE_WRONG_CONTENT_TYPE`: The messenger takes no file of that type.
             *
             *     `UNKNOWN_ERROR`: The messenger refused for a reason of its own; the description is in its words.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditMessageBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["MessageAccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["MessageNotFound"];
            413: components["responses"]["MessageTooLarge"];
            415: components["responses"]["MessageUnsupportedMediaType"];
            429: components["responses"]["MessageTooManyExtReqs"];
            500: components["responses"]["MessageInternalError"];
            503: components["responses"]["MessageMessengerUnreachable"];
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /**
                 * @description The most entries of a page
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description How many entries to leave out
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "templateGuid": "eee5e8e8-314b-8be7-8ab1-61b63212c37d",
                     *         "accountId": 886315473,
                     *         "title": "order_ready",
                     *         "name": "order_ready",
                     *         "waba": {
                     *           "wabaId": "104987654321098",
                     *           "wabaName": "Doors & More"
                     *         },
                     *         "channels": [
                     *           "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5"
                     *         ],
                     *         "category": "UTILITY",
                     *         "language": "en",
                     *         "status": "approved",
                     *         "rejected_reason": "NONE",
                     *         "namespace": "",
                     *         "components": [
                     *           {
                     *             "type": "BODY",
                     *             "text": "Hello {{1}}, your door is ready. Shall we bring it on {{2}}?",
                     *             "example": [
                     *               "Anna",
                     *               "30 November"
                     *             ]
                     *           },
                     *           {
                     *             "type": "BUTTONS",
                     *             "buttons": [
                     *               {
                     *                 "type": "QUICK_REPLY",
                     *                 "text": "Yes"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "templateCode": "@template: eee5e8e8-314b-8be7-8ab1-61b63212c37d { [[1]]; [[2]] }"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Template"][];
                };
            };
            400: components["responses"]["CredentialsRefusedOrInvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["MessengerUnreachable"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "price-list.pdf",
                 *       "type": "application/pdf",
                 *       "size": 184320
                 *     }
                 */
                "application/json": components["schemas"]["NewUpload"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "contentUri": "https://konvert.example/files/mN3vXw7Lq0sT5bYh2KdGfR8pEaU/price-list.pdf",
                     *       "upload": {
                     *         "url": "https://files.konvert.example/up/2026-11-30/mN3vXw7Lq0sT5bYh2KdGfR8pEaU?X-Amz-Expires=3600&X-Amz-Signature=8cb665f5dfdb5861",
                     *         "headers": {
                     *           "content-type": "application/pdf",
                     *           "content-disposition": "inline; filename*=UTF-8''price-list.pdf"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *         "transport": "telegram",
                     *         "plainId": "doors_and_more_bot",
                     *         "state": "active",
                     *         "name": "Doors & More bot"
                     *       },
                     *       {
                     *         "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *         "transport": "wapi",
                     *         "plainId": "79001112200",
                     *         "state": "active",
                     *         "name": "Doors & More"
                     *       },
                     *       {
                     *         "channelId": "b7d1f0c9-52e4-4a86-8f3b-0e6a9d1c7f24",
                     *         "transport": "whatsapp",
                     *         "plainId": "warehouse",
                     *         "state": "qridle",
                     *         "name": "The phone in the warehouse"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Channel"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    connectChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedChannel"];
                };
            };
            400: components["responses"]["CredentialsRefusedOrInvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `CONNECTED_ELSEWHERE`: Another program gets the updates of that bot.
             *
             *     `TOO_MANY_CHANNELS`: The messenger account has as many channels as it may have.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectChannelConflict"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["MessengerUnreachable"];
        };
    };
    deleteChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletedChannel"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    changeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedChannel"];
                };
            };
            400: components["responses"]["CredentialsRefusedOrInvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            409: components["responses"]["ChangeUnderWayOrConnectedElsewhere"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["MessengerUnreachable"];
        };
    };
    renewWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *       "transport": "wapi",
                     *       "name": "Doors & More",
                     *       "state": "active",
                     *       "webhookUrl": "https://konvert.example/webhooks/wapi/8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *       "verifyToken": "x7ciMwyb4of6BQtHNfNkJaGcSODM6X1N7rrlfAUGxsA",
                     *       "webhookFields": [
                     *         "messages",
                     *         "account_update",
                     *         "message_template_status_update"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConnectedChannel"];
                };
            };
            400: components["responses"]["CredentialsRefusedOrInvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            409: components["responses"]["ChangeUnderWayOrConnectedElsewhere"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["MessengerUnreachable"];
        };
    };
    getPhoneLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneLink"];
                };
            };
            400: components["responses"]["CredentialsRefusedOrInvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["MessengerUnreachable"];
        };
    };
    getNewestMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "newest": {
                     *         "messageId": "01a22bc1-a628-4a4e-ad1b-fd06b33f12ad",
                     *         "chatType": "telegram",
                     *         "chatId": "501234567",
                     *         "name": "Anna Smirnova",
                     *         "sentAt": "2026-11-30T09:20:41.000Z",
                     *         "storedAt": "2026-11-30T09:20:41.633Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["NewestInChannel"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description How many entries to leave out
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "17",
                     *         "name": "Ivan Sokolov"
                     *       },
                     *       {
                     *         "id": "4",
                     *         "name": "Olga Petrova"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ListedUser"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    pushUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "id": "4",
                 *         "name": "Olga Petrova",
                 *         "phone": "79001110004"
                 *       },
                 *       {
                 *         "id": "17",
                 *         "name": "Ivan Sokolov",
                 *         "phone": "79001110017"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["User"][];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /**
             * @description `DUPLICATE_PHONE_NUMBER`: Another user has that phone.
             *
             *     `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_USERS_DATA`: Users are missing or wrong; none was stored.
             *
             *     `TOO_MANY_ENTITIES`: The array is longer than one request may have.
             *
             *     `USER_LIMIT_EXCEEDED`: The account would have more users than it may.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushUsersBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a user in the CRM, percent-encoded
                 * @example 17
                 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "17",
                     *       "name": "Ivan Sokolov",
                     *       "phone": "79001110017"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredUser"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrUserNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a user in the CRM, percent-encoded
                 * @example 17
                 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrUserNotFound"];
            409: components["responses"]["DirectoryKeptByConnector"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "17",
                 *       "99"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "99"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_USERS_DATA`: Users are missing or wrong; none was stored.
             *
             *     `TOO_MANY_ENTITIES`: The array is longer than one request may have.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteUsersBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /**
                 * @description How many entries to leave out
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 2,
                     *       "data": [
                     *         {
                     *           "id": "contact-5",
                     *           "responsibleUserId": "17",
                     *           "name": "Anna Smirnova",
                     *           "contactData": [
                     *             {
                     *               "chatType": "telegram",
                     *               "chatId": "501234567",
                     *               "username": "anna_smirnova",
                     *               "phone": null
                     *             },
                     *             {
                     *               "chatType": "whatsapp",
                     *               "chatId": "79001112233",
                     *               "username": null,
                     *               "phone": null
                     *             }
                     *           ],
                     *           "uri": "https://crm.example/contacts/5"
                     *         },
                     *         {
                     *           "id": "contact-6",
                     *           "responsibleUserId": "4",
                     *           "name": "Boris Orlov",
                     *           "contactData": [
                     *             {
                     *               "chatType": "whatsapp",
                     *               "chatId": "79001114455",
                     *               "username": null,
                     *               "phone": null
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    pushContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "id": "contact-5",
                 *         "responsibleUserId": "17",
                 *         "name": "Anna Smirnova",
                 *         "contactData": [
                 *           {
                 *             "chatType": "telegram",
                 *             "chatId": "501234567",
                 *             "username": "anna_smirnova"
                 *           },
                 *           {
                 *             "chatType": "whatsapp",
                 *             "chatId": "79001112233"
                 *           }
                 *         ],
                 *         "uri": "https://crm.example/contacts/5"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewContact"][];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            400: components["responses"]["InvalidContactsDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a contact in the CRM, percent-encoded
                 * @example contact-5
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "contact-5",
                     *       "responsibleUserId": "17",
                     *       "name": "Anna Smirnova",
                     *       "contactData": [
                     *         {
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "username": "anna_smirnova",
                     *           "phone": null
                     *         },
                     *         {
                     *           "chatType": "whatsapp",
                     *           "chatId": "79001112233",
                     *           "username": null,
                     *           "phone": null
                     *         }
                     *       ],
                     *       "uri": "https://crm.example/contacts/5"
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ContactNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    changeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a contact in the CRM, percent-encoded
                 * @example contact-5
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "responsibleUserId": "4"
                 *     }
                 */
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "contact-5",
                     *       "responsibleUserId": "4",
                     *       "name": "Anna Smirnova",
                     *       "contactData": [
                     *         {
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "username": "anna_smirnova",
                     *           "phone": null
                     *         },
                     *         {
                     *           "chatType": "whatsapp",
                     *           "chatId": "79001112233",
                     *           "username": null,
                     *           "phone": null
                     *         }
                     *       ],
                     *       "uri": "https://crm.example/contacts/5"
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_CONTACTS_DATA`: Contacts are missing or wrong; none was stored.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeContactBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ContactNotFoundOrNotFound"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a contact in the CRM, percent-encoded
                 * @example contact-5
                 */
                id: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ContactNotFoundOrNotFound"];
            409: components["responses"]["DirectoryKeptByConnector"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "contact-6",
                 *       "contact-99"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "contact-99"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            400: components["responses"]["InvalidContactsDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listDeals: {
        parameters: {
            query?: {
                /**
                 * @description How many entries to leave out
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 2,
                     *       "data": [
                     *         {
                     *           "id": "deal-3",
                     *           "responsibleUserId": "17",
                     *           "name": "Two doors for a cottage",
                     *           "contacts": [
                     *             "contact-5"
                     *           ],
                     *           "closed": true,
                     *           "uri": "https://crm.example/deals/3"
                     *         },
                     *         {
                     *           "id": "deal-9",
                     *           "responsibleUserId": "17",
                     *           "name": "Oak door with fitting",
                     *           "contacts": [
                     *             "contact-5"
                     *           ],
                     *           "closed": false,
                     *           "uri": "https://crm.example/deals/9"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DealList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    pushDeals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "id": "deal-9",
                 *         "responsibleUserId": "17",
                 *         "name": "Oak door with fitting",
                 *         "contacts": [
                 *           "contact-5"
                 *         ],
                 *         "closed": false,
                 *         "uri": "https://crm.example/deals/9"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewDeal"][];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            400: components["responses"]["InvalidDealsDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a deal in the CRM, percent-encoded
                 * @example deal-9
                 */
                id: components["parameters"]["DealId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "deal-9",
                     *       "responsibleUserId": "17",
                     *       "name": "Oak door with fitting",
                     *       "contacts": [
                     *         "contact-5"
                     *       ],
                     *       "closed": false,
                     *       "uri": "https://crm.example/deals/9"
                     *     }
                     */
                    "application/json": components["schemas"]["Deal"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["DealNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a deal in the CRM, percent-encoded
                 * @example deal-9
                 */
                id: components["parameters"]["DealId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["DealNotFoundOrNotFound"];
            409: components["responses"]["DirectoryKeptByConnector"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteDeals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "deal-3",
                 *       "deal-99"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "deal-99"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            400: components["responses"]["InvalidDealsDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1",
                     *         "name": "Doors",
                     *         "stages": [
                     *           {
                     *             "id": "10",
                     *             "name": "New"
                     *           },
                     *           {
                     *             "id": "20",
                     *             "name": "Measured"
                     *           },
                     *           {
                     *             "id": "30",
                     *             "name": "Ordered"
                     *           }
                     *         ]
                     *       },
                     *       {
                     *         "id": "2",
                     *         "name": "Service"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Pipeline"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    pushPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "id": "1",
                 *         "name": "Doors",
                 *         "stages": [
                 *           {
                 *             "id": "10",
                 *             "name": "New"
                 *           },
                 *           {
                 *             "id": "20",
                 *             "name": "Measured"
                 *           },
                 *           {
                 *             "id": "30",
                 *             "name": "Ordered"
                 *           }
                 *         ]
                 *       },
                 *       {
                 *         "id": "2",
                 *         "name": "Service"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewPipeline"][];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            400: components["responses"]["InvalidPipelinesDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    replacePipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "id": "1",
                 *         "name": "Doors",
                 *         "stages": [
                 *           {
                 *             "id": "10",
                 *             "name": "New"
                 *           },
                 *           {
                 *             "id": "20",
                 *             "name": "Measured"
                 *           },
                 *           {
                 *             "id": "30",
                 *             "name": "Ordered"
                 *           }
                 *         ]
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewPipeline"][];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1",
                     *         "name": "Doors",
                     *         "stages": [
                     *           {
                     *             "id": "10",
                     *             "name": "New"
                     *           },
                     *           {
                     *             "id": "20",
                     *             "name": "Measured"
                     *           },
                     *           {
                     *             "id": "30",
                     *             "name": "Ordered"
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Pipeline"][];
                };
            };
            400: components["responses"]["InvalidPipelinesDataOrTooManyEntitiesOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["DirectoryKeptByConnector"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Doors & More"
                 *     }
                 */
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50",
                     *       "keyId": "f151eb1a-5f7a-4b45-8ab2-203a3b608cac",
                     *       "apiKey": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedAccount"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    createKeyForAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an account
                 * @example 2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50
                 */
                accountId: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "for Olga, who lost hers"
                 *     }
                 */
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "443b5e4a-624c-408b-977e-677d22a394d1",
                     *       "apiKey": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["AccountNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    closeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an account
                 * @example 2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50
                 */
                accountId: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": "d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013"
                     *     }
                     */
                    "application/json": components["schemas"]["BegunErasure"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["AccountNotFoundOrNotFound"];
            /** @description `ACCOUNT_ENABLED`: An account is disabled before it is closed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "ACCOUNT_ENABLED",
                     *       "description": "An account is disabled before it is closed."
                     *     }
                     */
                    "application/json": components["schemas"]["CloseAccountConflict"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    enableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an account
                 * @example 2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50
                 */
                accountId: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50",
                     *       "enabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["AccountNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "keyId": "f151eb1a-5f7a-4b45-8ab2-203a3b608cac",
                     *           "name": null,
                     *           "createdAt": "2026-11-02T11:04:17.206Z",
                     *           "lastUsedAt": "2026-11-30T09:00:00.000Z"
                     *         },
                     *         {
                     *           "keyId": "443b5e4a-624c-408b-977e-677d22a394d1",
                     *           "name": "crm",
                     *           "createdAt": "2026-11-30T08:00:41.950Z",
                     *           "lastUsedAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "crm"
                 *     }
                 */
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "443b5e4a-624c-408b-977e-677d22a394d1",
                     *       "apiKey": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an API key
                 * @example 443b5e4a-624c-408b-977e-677d22a394d1
                 */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "443b5e4a-624c-408b-977e-677d22a394d1"
                     *     }
                     */
                    "application/json": components["schemas"]["RevokedKey"];
                };
            };
            /** @description `LAST_KEY`: The last API key of an account cannot be revoked. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "LAST_KEY",
                     *       "description": "The last API key of an account cannot be revoked."
                     *     }
                     */
                    "application/json": components["schemas"]["RevokeKeyBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `KEY_NOT_FOUND`: The account has no such API key.
             *
             *     `NOT_FOUND`: There is no such route, or not in this installation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokeKeyNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. It is opaque */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "at": "2026-11-30T08:00:41.950Z",
                     *           "actor": "f151eb1a-5f7a-4b45-8ab2-203a3b608cac",
                     *           "act": "key-made",
                     *           "subject": "443b5e4a-624c-408b-977e-677d22a394d1"
                     *         },
                     *         {
                     *           "at": "2026-11-02T11:20:03.118Z",
                     *           "actor": "f151eb1a-5f7a-4b45-8ab2-203a3b608cac",
                     *           "act": "channel-connected",
                     *           "subject": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11"
                     *         },
                     *         {
                     *           "at": "2026-11-02T11:04:17.206Z",
                     *           "actor": "operator",
                     *           "act": "account-made",
                     *           "subject": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Audit"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    exportPerson: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It is opaque */
                after?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "chatType": "whatsapp",
                     *         "chatId": "79001112233",
                     *         "ids": [
                     *           {
                     *             "chatType": "whatsapp",
                     *             "chatId": "79001112233"
                     *           }
                     *         ],
                     *         "contacts": [],
                     *         "deals": [],
                     *         "responsibleUserIds": [],
                     *         "assignments": []
                     *       },
                     *       "chats": [],
                     *       "messages": [],
                     *       "files": [],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrPersonNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": "d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013"
                     *     }
                     */
                    "application/json": components["schemas"]["BegunErasure"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrPersonNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. It is opaque */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasures": [
                     *         {
                     *           "erasureId": "d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013",
                     *           "kind": "person",
                     *           "state": "done",
                     *           "requestedAt": "2026-11-30T10:00:00.214Z",
                     *           "doneAt": "2026-11-30T10:02:31.880Z",
                     *           "erased": {
                     *             "chats": 2,
                     *             "messages": 14,
                     *             "files": 2,
                     *             "contacts": 1,
                     *             "deals": 1,
                     *             "deliveries": 21
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["Erasures"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an erasure
                 * @example d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013
                 */
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": "d4f0a5f6-7c39-4f0e-9b1d-5a8e2c7b6013",
                     *       "kind": "person",
                     *       "state": "done",
                     *       "requestedAt": "2026-11-30T10:00:00.214Z",
                     *       "doneAt": "2026-11-30T10:02:31.880Z",
                     *       "erased": {
                     *         "chats": 2,
                     *         "messages": 14,
                     *         "files": 2,
                     *         "contacts": 1,
                     *         "deals": 1,
                     *         "deliveries": 21
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `ERASURE_NOT_FOUND`: There is no such erasure, or it is older than 90 days.
             *
             *     `NOT_FOUND`: There is no such route, or not in this installation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetErasureNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    beginCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkId": "7c1f6a52-0d3b-4f5e-9a86-2e4d1b7f9c03"
                     *     }
                     */
                    "application/json": components["schemas"]["BegunCheck"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalError"];
        };
    };
    getCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a check
                 * @example 7c1f6a52-0d3b-4f5e-9a86-2e4d1b7f9c03
                 */
                checkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkId": "7c1f6a52-0d3b-4f5e-9a86-2e4d1b7f9c03",
                     *       "mode": "whole",
                     *       "state": "done",
                     *       "startedAt": "2026-11-30T08:02:00.000Z",
                     *       "doneAt": "2026-11-30T08:02:41.117Z",
                     *       "chats": 10412,
                     *       "faults": [
                     *         {
                     *           "kind": "state",
                     *           "found": 2,
                     *           "mended": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Check"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `CHECK_NOT_FOUND`: There was no such check in the last 90 days.
             *
             *     `NOT_FOUND`: There is no such route, or not in this installation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GetCheckNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notifyHeadsAboutAllMessages": true,
                     *       "saveMessagesToTimeline": false,
                     *       "frameAncestors": [
                     *         "https://crm.example"
                     *       ],
                     *       "retentionDays": 365,
                     *       "schedules": {
                     *         "Office": {
                     *           "zone": "Europe/Moscow",
                     *           "week": {
                     *             "mon": [
                     *               [
                     *                 "10:00",
                     *                 "14:00"
                     *               ],
                     *               [
                     *                 "15:00",
                     *                 "19:00"
                     *               ]
                     *             ],
                     *             "fri": [
                     *               [
                     *                 "10:00",
                     *                 "19:00"
                     *               ]
                     *             ],
                     *             "sat": [
                     *               [
                     *                 "22:00",
                     *                 "02:00"
                     *               ]
                     *             ]
                     *           },
                     *           "exceptions": {
                     *             "2026-12-31": [
                     *               [
                     *                 "10:00",
                     *                 "15:00"
                     *               ]
                     *             ],
                     *             "2027-01-01": []
                     *           }
                     *         }
                     *       },
                     *       "zone": "Europe/Moscow",
                     *       "version": 2,
                     *       "channels": {
                     *         "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11": {
                     *           "newClients": {
                     *             "mode": "round-robin",
                     *             "pipelineId": "1",
                     *             "stageId": "10"
                     *           },
                     *           "userRoles": [
                     *             {
                     *               "userId": "4",
                     *               "role": "manager",
                     *               "allowGetNewClients": false
                     *             },
                     *             {
                     *               "userId": "17",
                     *               "role": "seller",
                     *               "allowGetNewClients": true
                     *             }
                     *           ],
                     *           "version": 7
                     *         },
                     *         "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5": {
                     *           "newClients": {
                     *             "mode": "first-reply"
                     *           },
                     *           "userRoles": [
                     *             {
                     *               "userId": "4",
                     *               "role": "manager",
                     *               "allowGetNewClients": false
                     *             },
                     *             {
                     *               "userId": "17",
                     *               "role": "seller",
                     *               "allowGetNewClients": true
                     *             }
                     *           ],
                     *           "version": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AllSettings"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    changeOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "notifyHeadsAboutAllMessages": true,
                 *       "frameAncestors": [
                 *         "https://crm.example"
                 *       ],
                 *       "retentionDays": 365,
                 *       "schedules": {
                 *         "Office": {
                 *           "zone": "Europe/Moscow",
                 *           "week": {
                 *             "mon": [
                 *               [
                 *                 "10:00",
                 *                 "14:00"
                 *               ],
                 *               [
                 *                 "15:00",
                 *                 "19:00"
                 *               ]
                 *             ],
                 *             "fri": [
                 *               [
                 *                 "10:00",
                 *                 "19:00"
                 *               ]
                 *             ],
                 *             "sat": [
                 *               [
                 *                 "22:00",
                 *                 "02:00"
                 *               ]
                 *             ]
                 *           },
                 *           "exceptions": {
                 *             "2026-12-31": [
                 *               [
                 *                 "10:00",
                 *                 "15:00"
                 *               ]
                 *             ],
                 *             "2027-01-01": []
                 *           }
                 *         }
                 *       },
                 *       "zone": "Europe/Moscow"
                 *     }
                 */
                "application/json": components["schemas"]["OptionsChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notifyHeadsAboutAllMessages": true,
                     *       "saveMessagesToTimeline": false,
                     *       "frameAncestors": [
                     *         "https://crm.example"
                     *       ],
                     *       "retentionDays": 365,
                     *       "schedules": {
                     *         "Office": {
                     *           "zone": "Europe/Moscow",
                     *           "week": {
                     *             "mon": [
                     *               [
                     *                 "10:00",
                     *                 "14:00"
                     *               ],
                     *               [
                     *                 "15:00",
                     *                 "19:00"
                     *               ]
                     *             ],
                     *             "fri": [
                     *               [
                     *                 "10:00",
                     *                 "19:00"
                     *               ]
                     *             ],
                     *             "sat": [
                     *               [
                     *                 "22:00",
                     *                 "02:00"
                     *               ]
                     *             ]
                     *           },
                     *           "exceptions": {
                     *             "2026-12-31": [
                     *               [
                     *                 "10:00",
                     *                 "15:00"
                     *               ]
                     *             ],
                     *             "2027-01-01": []
                     *           }
                     *         }
                     *       },
                     *       "zone": "Europe/Moscow",
                     *       "version": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Options"];
                };
            };
            400: components["responses"]["InvalidSettingsOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["SettingsChanged"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    replaceChannelSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChannelSettings"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelSettings"];
                };
            };
            400: components["responses"]["InvalidSettingsOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            409: components["responses"]["SettingsChanged"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    previewChannelSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "newClients": {
                 *         "mode": "round-robin",
                 *         "pipelineId": "1",
                 *         "stageId": "10"
                 *       },
                 *       "userRoles": [
                 *         {
                 *           "userId": "4",
                 *           "role": "manager",
                 *           "allowGetNewClients": false
                 *         },
                 *         {
                 *           "userId": "17",
                 *           "role": "seller",
                 *           "allowGetNewClients": true
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewChannelSettings"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "givenOut": 3,
                     *       "losesSight": [
                     *         {
                     *           "userId": "17",
                     *           "chats": 12
                     *         }
                     *       ],
                     *       "atLeast": false
                     *     }
                     */
                    "application/json": components["schemas"]["SettingsPreview"];
                };
            };
            400: components["responses"]["InvalidSettingsOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            409: components["responses"]["SettingsChanged"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    listTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": [
                     *         {
                     *           "userId": "17",
                     *           "name": "Ivan Sokolov",
                     *           "status": "on",
                     *           "until": "2026-11-30T16:00:00.000Z",
                     *           "by": "schedule",
                     *           "schedule": "Office",
                     *           "duty": "receives",
                     *           "channels": [
                     *             "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *             "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5"
                     *           ]
                     *         },
                     *         {
                     *           "userId": "4",
                     *           "name": "Olga Petrova",
                     *           "status": "on",
                     *           "duty": "answers",
                     *           "channels": [
                     *             "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *             "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    setUserStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a user of the team, percent-encoded
                 * @example 17
                 */
                userId: components["parameters"]["TeamUserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "away",
                 *       "until": "2026-11-30T12:00:00.000Z",
                 *       "reason": "Lunch",
                 *       "return": true
                 *     }
                 */
                "application/json": components["schemas"]["NewUserStatus"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "17",
                     *       "name": "Ivan Sokolov",
                     *       "status": "away",
                     *       "until": "2026-11-30T12:00:00.000Z",
                     *       "by": "user",
                     *       "schedule": "Office",
                     *       "duty": "receives",
                     *       "channels": [
                     *         "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *         "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5"
                     *       ],
                     *       "reason": "Lunch"
                     *     }
                     */
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrUserNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    setUserSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a user of the team, percent-encoded
                 * @example 17
                 */
                userId: components["parameters"]["TeamUserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "schedule": "Office"
                 *     }
                 */
                "application/json": components["schemas"]["NewUserSchedule"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "17",
                     *       "name": "Ivan Sokolov",
                     *       "status": "on",
                     *       "until": "2026-11-30T16:00:00.000Z",
                     *       "by": "schedule",
                     *       "schedule": "Office",
                     *       "duty": "receives",
                     *       "channels": [
                     *         "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *         "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrUserNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getReceiver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "webhooksUri": "https://crm.example/hooks/konvert",
                     *       "subscriptions": {
                     *         "messagesAndStatuses": true,
                     *         "contactsAndDealsCreation": true,
                     *         "channelsUpdates": true,
                     *         "templateStatus": true,
                     *         "wabaTemplatesStatus": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Receiver"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    registerReceiverByPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "webhooksUri": "https://crm.example/hooks/konvert",
                 *       "subscriptions": {
                 *         "messagesAndStatuses": true,
                 *         "contactsAndDealsCreation": true,
                 *         "channelsUpdates": true,
                 *         "templateStatus": true
                 *       },
                 *       "crmKey": "a-key-of-the-crm"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": components["schemas"]["Registered"];
                };
            };
            400: components["responses"]["InvalidRequestOrTestPostNotPassedOrUriNotValidOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    registerReceiver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": components["schemas"]["Registered"];
                };
            };
            400: components["responses"]["InvalidRequestOrTestPostNotPassedOrUriNotValidOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    createSigningSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_ZXhhbXBsZSBvZiBhIHNlY3JldCwgMjQgYnl0ZXM=",
                     *       "validFrom": "2026-11-30T08:05:12.734Z",
                     *       "formerSignsUntil": null
                     *     }
                     */
                    "application/json": components["schemas"]["SigningSecret"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    testReceiver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiverTest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["NoReceiver"];
            500: components["responses"]["InternalError"];
        };
    };
    listReceiverAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "answers": [
                     *         {
                     *           "at": "2026-11-30T09:40:00.318Z",
                     *           "tookMs": 84,
                     *           "status": 200,
                     *           "events": 0
                     *         },
                     *         {
                     *           "at": "2026-11-30T09:20:42.120Z",
                     *           "tookMs": 131,
                     *           "status": 200,
                     *           "events": 1
                     *         },
                     *         {
                     *           "at": "2026-11-30T08:41:31.004Z",
                     *           "tookMs": 10002,
                     *           "reason": "TIMEOUT",
                     *           "events": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AnsweredCalls"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    getCrm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connectionId": "6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3",
                     *       "crm": "amocrm",
                     *       "hooksUrl": "https://konvert.example/webhooks/crm/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3/this-is-the-secret-of-the-path-43-characters",
                     *       "frameUrl": "https://konvert.example/webhooks/frame/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3",
                     *       "state": "degraded",
                     *       "portal": {
                     *         "name": "Doors & More",
                     *         "host": "doors.amocrm.ru"
                     *       },
                     *       "connectedAs": "Olga Petrova",
                     *       "since": "2026-11-30T08:02:11.310Z",
                     *       "waiting": 2,
                     *       "clientsWaiting": 1,
                     *       "failed": 0,
                     *       "refreshing": false,
                     *       "lastNewsAt": "2026-11-30T09:20:43.120Z",
                     *       "lastProofAt": "2026-11-30T09:02:14.007Z",
                     *       "problems": [
                     *         {
                     *           "code": "HOOKS_OFF",
                     *           "since": "2026-11-30T09:02:14.007Z",
                     *           "text": "The CRM has switched its notifications to Konvert off, so changes arrive some minutes late. Refresh the data from the CRM: that registers them again."
                     *         }
                     *       ],
                     *       "todo": [
                     *         {
                     *           "code": "UPLOAD_WIDGET",
                     *           "values": {
                     *             "frameUrl": "https://konvert.example/webhooks/frame/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CrmConnection"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["CrmNotConnected"];
            500: components["responses"]["InternalError"];
        };
    };
    connectCrm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCrmConnection"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedCrm"];
                };
            };
            400: components["responses"]["CrmRefusedOrInvalidCredentialsOrInvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["CrmConnected"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["CrmUnreachable"];
        };
    };
    disconnectCrm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connectionId": "6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3"
                     *     }
                     */
                    "application/json": components["schemas"]["DisconnectedCrm"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["CrmNotConnected"];
            500: components["responses"]["InternalError"];
        };
    };
    changeCrm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["CrmConnectionChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "connectionId": "6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3",
                     *       "crm": "amocrm",
                     *       "hooksUrl": "https://konvert.example/webhooks/crm/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3/this-is-the-secret-of-the-path-43-characters",
                     *       "frameUrl": "https://konvert.example/webhooks/frame/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3",
                     *       "state": "disabled",
                     *       "todo": [
                     *         {
                     *           "code": "UPLOAD_WIDGET",
                     *           "values": {
                     *             "frameUrl": "https://konvert.example/webhooks/frame/amocrm/6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConnectedCrm"];
                };
            };
            400: components["responses"]["CrmRefusedOrInvalidCredentialsOrInvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["CrmNotConnected"];
            409: components["responses"]["CrmConnected"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["CrmUnreachable"];
        };
    };
    refreshCrm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": {
                     *         "added": 1,
                     *         "changed": 0,
                     *         "gone": 0
                     *       },
                     *       "pipelines": 2,
                     *       "problems": []
                     *     }
                     */
                    "application/json": components["schemas"]["RefreshedCrm"];
                };
            };
            /** @description It goes on by itself */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "refreshing": true
                     *     }
                     */
                    "application/json": components["schemas"]["RefreshingCrm"];
                };
            };
            /** @description `CRM_REFUSED`: The CRM refused; the description is in its words. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "CRM_REFUSED",
                     *       "description": "The CRM refused; the description is in its words.",
                     *       "data": {
                     *         "code": "invalid_grant"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RefreshCrmBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["CrmNotConnected"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["CrmUnreachable"];
        };
    };
    returnFromCrm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the settings */
            302: {
                headers: {
                    /** @description The screen of the CRM */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    receiveLeaveFromCrm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
                /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
                connectionId: components["parameters"]["ConnectionId"];
                /**
                 * @description The secret of the address, which only the CRM knows
                 * @example k3vHq0YxTz8mW2bS
                 */
                secret: components["parameters"]["Secret"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken: `ok` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CrmNotConnectedOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    receiveFromCrm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
                /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
                connectionId: components["parameters"]["ConnectionId"];
                /**
                 * @description The secret of the address, which only the CRM knows
                 * @example k3vHq0YxTz8mW2bS
                 */
                secret: components["parameters"]["Secret"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken: `ok` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            400: components["responses"]["UnreadableBody"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CrmNotConnectedOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    openFrame: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
                /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
                connectionId: components["parameters"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link, if no browser asked; else why the page is not shown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/html": unknown;
                };
            };
            /** @description To the page */
            302: {
                headers: {
                    /** @description Good once */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CrmNotConnectedOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    openFrameByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
                /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
                connectionId: components["parameters"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link, if no browser asked; else why the page is not shown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/html": unknown;
                };
            };
            /** @description To the page */
            302: {
                headers: {
                    /** @description Good once */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["UnreadableBody"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["CrmNotConnectedOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    askFrame: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example amocrm */
                crm: components["parameters"]["Crm"];
                /** @example 6d1f0c5e-2c3a-4f57-9a44-0b7c1d92e8a3 */
                connectionId: components["parameters"]["ConnectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the page that asks may call, as CORS says it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    countUnanswered: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a user in the CRM, percent-encoded
                 * @example 17
                 */
                id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "counterV2": 1,
                     *       "type": "red",
                     *       "lastMsgDateTime": "2026-11-30T09:20:41.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Counter"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFoundOrUserNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    listChats: {
        parameters: {
            query?: {
                /** @description Names clients: a phone in any spelling, an id, a username, else a part of the name. `view` has no say then */
                find?: string;
                /**
                 * @description Which chats; `all` unless it is given
                 * @example all
                 */
                view?: "all" | "unanswered";
                /**
                 * @description The most entries of a page
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. It is opaque */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chats": [
                     *         {
                     *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "name": "Anna Smirnova",
                     *           "contactId": "contact-5",
                     *           "responsibleUserId": "17",
                     *           "unanswered": true,
                     *           "unansweredSince": "2026-11-30T09:20:41.000Z",
                     *           "unansweredCount": 1,
                     *           "noReplyNeeded": null,
                     *           "lastMessageAt": "2026-11-30T09:20:41.000Z",
                     *           "preview": "How much is it with fitting?",
                     *           "seenUpTo": "cXJkUGhiRkRZeThRN1JLNi5bIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzA0NDEwMDAjODg0MyIsMTc5NjAzMDUxMDAwMCxbXV0",
                     *           "version": 7,
                     *           "mayWrite": true,
                     *           "isOwn": true,
                     *           "thread": "tupgjruawa"
                     *         },
                     *         {
                     *           "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *           "chatType": "whatsapp",
                     *           "chatId": "79001112233",
                     *           "name": "Anna Smirnova",
                     *           "contactId": "contact-5",
                     *           "responsibleUserId": "17",
                     *           "unanswered": false,
                     *           "unansweredSince": null,
                     *           "unansweredCount": 0,
                     *           "noReplyNeeded": null,
                     *           "lastMessageAt": "2026-11-30T08:41:30.250Z",
                     *           "preview": "Hello Anna, your door is ready. Shall we bring it on 30 November?",
                     *           "lastBy": "team",
                     *           "seenUpTo": "cTVsNFBJTWltZE12ekJzWi5bIjE3OTYwMjc0MTIwMDAjd2FtaWQuMSIsIjE3OTYwMjc0MTIwMDAjd2FtaWQuMSIsIjE3OTYwMjgwOTAyNTAjcmVwbHktMiIsMTc5NjAzMDUxMDAwMCxbXV0",
                     *           "version": 4,
                     *           "mayWrite": true,
                     *           "isOwn": true,
                     *           "thread": "tjlp19qwg6"
                     *         }
                     *       ],
                     *       "nextCursor": "WyIxNzk2MDI4MDkwMjUwIzQ5ZnA2anE4NnQiXQ"
                     *     }
                     */
                    "application/json": components["schemas"]["ChatList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    getChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *       "chatType": "telegram",
                     *       "chatId": "501234567",
                     *       "name": "Anna Smirnova",
                     *       "contactId": "contact-5",
                     *       "responsibleUserId": "17",
                     *       "unanswered": true,
                     *       "unansweredSince": "2026-11-30T09:20:41.000Z",
                     *       "unansweredCount": 1,
                     *       "noReplyNeeded": null,
                     *       "lastMessageAt": "2026-11-30T09:20:41.000Z",
                     *       "preview": "How much is it with fitting?",
                     *       "seenUpTo": "cXJkUGhiRkRZeThRN1JLNi5bIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzA0NDEwMDAjODg0MyIsMTc5NjAzMDUxMDAwMCxbXV0",
                     *       "version": 7,
                     *       "mayWrite": true,
                     *       "isOwn": true,
                     *       "thread": "tupgjruawa"
                     *     }
                     */
                    "application/json": components["schemas"]["Chat"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    setNoReplyNeeded: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoReplyNeeded"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_REQUEST`: Values are missing or wrong.
             *
             *     `INVALID_SEEN_UP_TO`: seenUpTo is missing, or is not one that came with this chat.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetNoReplyNeededBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userId": "4"
                 *     }
                 */
                "application/json": components["schemas"]["NewResponsible"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *       "chatType": "telegram",
                     *       "chatId": "501234567",
                     *       "name": "Anna Smirnova",
                     *       "contactId": "contact-5",
                     *       "responsibleUserId": "4",
                     *       "unanswered": true,
                     *       "unansweredSince": "2026-11-30T09:20:41.000Z",
                     *       "unansweredCount": 1,
                     *       "noReplyNeeded": null,
                     *       "lastMessageAt": "2026-11-30T09:20:41.000Z",
                     *       "preview": "How much is it with fitting?",
                     *       "seenUpTo": "cXJkUGhiRkRZeThRN1JLNi5bIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzA0NDEwMDAjODg0MyIsMTc5NjAzMDUxMDAwMCxbXV0",
                     *       "version": 8,
                     *       "mayWrite": true,
                     *       "isOwn": false,
                     *       "thread": "tupgjruawa"
                     *     }
                     */
                    "application/json": components["schemas"]["Chat"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_REQUEST`: Values are missing or wrong.
             *
             *     `UNKNOWN_USER`: Nobody has that id: as 401 the user in Konvert-User, as 400 a user who may write in the channel.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandOverBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /**
                 * @description The most entries of a page
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /** @description The `before` of the newer page. It is opaque */
                before?: string;
            };
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    listAssignments: {
        parameters: {
            query?: {
                /**
                 * @description The id of a channel
                 * @example 5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11
                 */
                channelId?: string;
                /** @description With `channelId` and `chatId`: the records of the client of that chat */
                chatType?: string;
                /** @description The messenger’s own id of the person */
                chatId?: string;
                /**
                 * @description A user: who became responsible, or who did what is counted
                 * @example 17
                 */
                userId?: string;
                /**
                 * @description By which rule
                 * @example round-robin
                 */
                rule?: "round-robin" | "first-reply" | "unsorted" | "waiting" | "handed-over" | "returned";
                /** @description The `nextCursor` of the page before. It is opaque */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "assignments": [
                     *         {
                     *           "assignmentId": "ca978112-ca1b-8dca-8ac2-31b39a23dc4d",
                     *           "at": "2026-11-30T09:15:00.412Z",
                     *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "name": "Anna Smirnova",
                     *           "contactId": "contact-5",
                     *           "userId": "17",
                     *           "rule": "round-robin",
                     *           "place": 2,
                     *           "passedOver": [
                     *             {
                     *               "userId": "4",
                     *               "reason": "SWITCHED_OFF"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AssignmentList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `CHANNEL_NOT_FOUND`: The channel was deleted, or the account never had it.
             *
             *     `CHAT_NOT_FOUND`: There is no such chat, or the user does not see it.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAssignmentsNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /**
                 * @description The first day, `YYYY-MM-DD`; a week ago unless it is given
                 * @example 2026-11-24
                 */
                from?: string;
                /**
                 * @description The last day; today unless it is given
                 * @example 2026-11-30
                 */
                to?: string;
                /**
                 * @description A row for each; one row of all unless it is given
                 * @example user
                 */
                groupBy?: "day" | "hour" | "weekday" | "weekday-hour" | "user" | "channel";
                /**
                 * @description The id of a channel
                 * @example 5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11
                 */
                channelId?: string;
                /** @description A user: who became responsible, or who did what is counted */
                userId?: string;
                /**
                 * @description The IANA name of the zone of these days; that of the account unless it is given
                 * @example Europe/Moscow
                 */
                zone?: string;
                /** @description `json` unless it is given */
                format?: "json" | "csv";
            };
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "zone": "Europe/Moscow",
                     *       "from": "2026-11-24",
                     *       "to": "2026-11-30",
                     *       "exact": true,
                     *       "rows": [
                     *         {
                     *           "key": "17",
                     *           "kind": "user",
                     *           "waits": 64,
                     *           "answered": 61,
                     *           "noReplyNeeded": 3,
                     *           "auto": 0,
                     *           "open": 0,
                     *           "replyTime": {
                     *             "p50": 184,
                     *             "p90": 1260
                     *           },
                     *           "inHours": {
                     *             "p50": 176,
                     *             "p90": 790
                     *           },
                     *           "firstReply": {
                     *             "p50": 201,
                     *             "p90": 1320
                     *           },
                     *           "ownTime": {
                     *             "p50": 179,
                     *             "p90": 1105
                     *           },
                     *           "letGo": 2,
                     *           "received": 1,
                     *           "newClients": 18
                     *         },
                     *         {
                     *           "key": "phone",
                     *           "kind": "phone",
                     *           "waits": 4,
                     *           "answered": 3,
                     *           "noReplyNeeded": 0,
                     *           "auto": 1,
                     *           "open": 0,
                     *           "replyTime": {
                     *             "p50": 95,
                     *             "p90": 240
                     *           },
                     *           "inHours": {
                     *             "p50": 95,
                     *             "p90": 240
                     *           },
                     *           "firstReply": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "ownTime": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "letGo": 0,
                     *           "received": 0,
                     *           "newClients": 0
                     *         },
                     *         {
                     *           "key": "nobody",
                     *           "kind": "nobody",
                     *           "waits": 1,
                     *           "answered": 0,
                     *           "noReplyNeeded": 0,
                     *           "auto": 0,
                     *           "open": 1,
                     *           "replyTime": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "inHours": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "firstReply": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "ownTime": {
                     *             "p50": null,
                     *             "p90": null
                     *           },
                     *           "letGo": 0,
                     *           "received": 0,
                     *           "newClients": 0
                     *         }
                     *       ],
                     *       "now": {
                     *         "waiting": 1,
                     *         "since": "2026-11-30T09:20:41.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /** @description `CHANNEL_NOT_FOUND`: The channel was deleted, or the account never had it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "CHANNEL_NOT_FOUND",
                     *       "description": "The channel was deleted, or the account never had it."
                     *     }
                     */
                    "application/json": components["schemas"]["GetStatisticsNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    tryReturns: {
        parameters: {
            query?: {
                /**
                 * @description After so many minutes a client would go to the next user; never unless it is given
                 * @example 15
                 */
                returnAfterMinutes?: string;
                /**
                 * @description After so many minutes heads would be told; never unless it is given
                 * @example 30
                 */
                tellHeadsAfterMinutes?: string;
                /**
                 * @description So often at most, then into the pool; 3 unless it is given
                 * @example 3
                 */
                returnsAtMost?: string;
                /**
                 * @description Over how many days, up to 90; 7 unless it is given
                 * @example 7
                 */
                days?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": 7,
                     *       "waits": 412,
                     *       "wouldWarn": 31,
                     *       "wouldReturn": 23,
                     *       "wouldPool": 1,
                     *       "wouldTell": 9,
                     *       "answered": 398,
                     *       "byPhone": 12
                     *     }
                     */
                    "application/json": components["schemas"]["WouldReturn"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChannelNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    getAccountHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "oldestUnanswered": {
                     *         "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *         "chatType": "whatsapp",
                     *         "chatId": "79001112233",
                     *         "name": "Anna",
                     *         "since": "2026-11-30T08:12:05.000Z"
                     *       },
                     *       "waitingWithoutAnybody": {
                     *         "count": 2,
                     *         "since": "2026-11-30T08:41:30.000Z"
                     *       },
                     *       "lanes": [
                     *         {
                     *           "target": "webhook",
                     *           "kind": "event",
                     *           "waiting": 14,
                     *           "since": "2026-11-30T08:30:02.000Z",
                     *           "nextAttemptAt": "2026-11-30T09:05:00.000Z",
                     *           "lastError": {
                     *             "code": "503",
                     *             "description": "The receiver answered 503"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountHealth"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description `failed` unless it is given
                 * @example failed
                 */
                state?: "failed" | "pending";
                /**
                 * @description What leaves
                 * @example reply
                 */
                kind?: components["schemas"]["DeliveryKind"];
                /** @description `webhook`, or the key of a chat: `channelId#chatType#chatId`, percent-encoded */
                target?: string;
                /** @description The `nextCursor` of the page before. It is opaque */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveries": [
                     *         {
                     *           "deliveryId": "WyJyZXBseSM4YzFlNmQ0Mi0zYjVmLTRlMGEtOWQyNy02ZjFiMGE5NGMzZTUjd2hhdHNhcHAjNzkwMDExMTIyMzMiLCIxNzk2MDI4NjAwMTIwI3JlcGx5LTMiXQ",
                     *           "state": "failed",
                     *           "kind": "reply",
                     *           "target": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5#whatsapp#79001112233",
                     *           "name": "Anna Smirnova",
                     *           "attempts": 1,
                     *           "lastError": {
                     *             "code": "24_HOURS_EXCEEDED",
                     *             "description": "The client wrote more than 24 hours ago"
                     *           },
                     *           "createdAt": "2026-11-30T08:50:00.120Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    retryTarget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 12
                     *     }
                     */
                    "application/json": components["schemas"]["SentAgain"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `CRM_NOT_CONNECTED`: The account has no CRM connected.
             *
             *     `TARGET_NOT_FOUND`: There is no such target.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryTargetNotFound"];
                };
            };
            409: components["responses"]["NoReceiver"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    replayEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "target": "webhook",
                 *       "from": "2026-11-29T18:00:00Z",
                 *       "to": "2026-11-30T06:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 500,
                     *       "more": true
                     *     }
                     */
                    "application/json": components["schemas"]["SentAgain"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            409: components["responses"]["NoReceiver"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a delivery
                 * @example WyJyZXBseSM4YzFlNmQ0Mi0zYjVmLTRlMGEtOWQyNy02ZjFiMGE5NGMzZTUjd2hhdHNhcHAjNzkwMDExMTIyMzMiLCIxNzk2MDI4NjAwMTIwI3JlcGx5LTMiXQ
                 */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "WyJyZXBseSM4YzFlNmQ0Mi0zYjVmLTRlMGEtOWQyNy02ZjFiMGE5NGMzZTUjd2hhdHNhcHAjNzkwMDExMTIyMzMiLCIxNzk2MDI4NjAwMTIwI3JlcGx5LTMiXQ"
                     *     }
                     */
                    "application/json": components["schemas"]["RetriedDelivery"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrChatNoAccessOrForbidden"];
            /**
             * @description `CRM_NOT_CONNECTED`: The account has no CRM connected.
             *
             *     `DELIVERY_NOT_FOUND`: Nothing of that id waits or has failed.
             *
             *     `NOT_FOUND`: There is no such route, or not in this installation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryDeliveryNotFound"];
                };
            };
            409: components["responses"]["NoReceiver"];
            500: components["responses"]["InternalError"];
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id or name of a file
                 * @example Zr8jEQCIIAyWwAUv4O3zAq1c9Bk
                 */
                file: components["parameters"]["File"];
                /**
                 * @description The name of the file; any will do
                 * @example doorway.jpg
                 */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    /** @description Names the content */
                    ETag?: string;
                    /** @description Whether a browser shows the file or stores it */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                    "image/*": unknown;
                    "audio/*": unknown;
                    "video/*": unknown;
                    "application/*": unknown;
                    "text/*": unknown;
                };
            };
            /** @description The bytes that `Range` asks for */
            206: {
                headers: {
                    /** @description Names the content */
                    ETag?: string;
                    /** @description Whether a browser shows the file or stores it */
                    "Content-Disposition"?: string;
                    /** @description Which bytes */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                    "image/*": unknown;
                    "audio/*": unknown;
                    "video/*": unknown;
                    "application/*": unknown;
                    "text/*": unknown;
                };
            };
            /** @description A file of more than 4 MB lies there */
            302: {
                headers: {
                    /** @description Good for 15 minutes */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has it already, by `If-None-Match` */
            304: {
                headers: {
                    /** @description Names the content */
                    ETag?: string;
                    /** @description Whether a browser shows the file or stores it */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["FileNotFoundOrNotFound"];
            410: components["responses"]["FileGone"];
            /** @description `RANGE_NOT_SATISFIABLE`: The file has no such bytes. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "RANGE_NOT_SATISFIABLE",
                     *       "description": "The file has no such bytes."
                     *     }
                     */
                    "application/json": components["schemas"]["GetFileRangeNotSatisfiable"];
                };
            };
            500: components["responses"]["InternalError"];
            503: components["responses"]["FileNotReady"];
        };
    };
    headFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id or name of a file
                 * @example Zr8jEQCIIAyWwAUv4O3zAq1c9Bk
                 */
                file: components["parameters"]["File"];
                /**
                 * @description The name of the file; any will do
                 * @example doorway.jpg
                 */
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is there */
            200: {
                headers: {
                    /** @description Names the content */
                    ETag?: string;
                    /** @description Whether a browser shows the file or stores it */
                    "Content-Disposition"?: string;
                    /** @description Its size */
                    "Content-Length"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller has it already, by `If-None-Match` */
            304: {
                headers: {
                    /** @description Names the content */
                    ETag?: string;
                    /** @description Whether a browser shows the file or stores it */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["FileNotFoundOrNotFound"];
            410: components["responses"]["FileGone"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["FileNotReady"];
        };
    };
    openChatWindow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatWindow"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://konvert.example/chat/2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50#k=this-is-the-secret-of-a-link-43-characters-"
                     *     }
                     */
                    "application/json": components["schemas"]["PageLink"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_REQUEST`: Values are missing or wrong.
             *
             *     `INVALID_USER`: There is no such user: push the user first.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenChatWindowBadRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `ACCOUNT_DISABLED`: The operator has disabled the account.
             *
             *     `FORBIDDEN`: This key, page or user may not do this.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenChatWindowForbidden"];
                };
            };
            /** @description `TOO_LARGE`: The body is too large; as 431, the headers are. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": {
                     *         "code": "TOO_LARGE"
                     *       },
                     *       "description": "The body is too large; as 431, the headers are."
                     *     }
                     */
                    "application/json": components["schemas"]["OpenChatWindowTooLarge"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The coding or charset of the body is not known. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": {
                     *         "code": "UNSUPPORTED_MEDIA_TYPE"
                     *       },
                     *       "description": "The coding or charset of the body is not known."
                     *     }
                     */
                    "application/json": components["schemas"]["OpenChatWindowUnsupportedMediaType"];
                };
            };
            /** @description `INTERNAL_ERROR`: Something broke on our side; sending the same again is safe. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": {
                     *         "code": "INTERNAL_ERROR"
                     *       },
                     *       "description": "Something broke on our side; sending the same again is safe."
                     *     }
                     */
                    "application/json": components["schemas"]["OpenChatWindowInternalError"];
                };
            };
        };
    };
    createPageLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPageLink"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageLink"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_REQUEST`: Values are missing or wrong.
             *
             *     `INVALID_USER`: There is no such user: push the user first.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatePageLinkBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    createPageToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "link": "this-is-the-secret-of-a-link-43-characters-"
                 *     }
                 */
                "application/json": components["schemas"]["NewPageToken"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "kp_this-is-the-secret-of-a-token-with-43-chars",
                     *       "expiresAt": "2026-11-30T21:10:00.000Z",
                     *       "scope": {
                     *         "kind": "card",
                     *         "filter": [
                     *           {
                     *             "chatType": "telegram",
                     *             "chatId": "501234567",
                     *             "name": "Anna Smirnova"
                     *           },
                     *           {
                     *             "chatType": "whatsapp",
                     *             "chatId": "79001112233",
                     *             "name": "Anna Smirnova"
                     *           }
                     *         ],
                     *         "activeChat": {
                     *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *           "chatType": "telegram",
                     *           "chatId": "501234567"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PageToken"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            /** @description `ACCOUNT_DISABLED`: The operator has disabled the account. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "ACCOUNT_DISABLED",
                     *       "description": "The operator has disabled the account."
                     *     }
                     */
                    "application/json": components["schemas"]["CreatePageTokenForbidden"];
                };
            };
            /** @description `LINK_USED`: The link was used, has ended or never was. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "LINK_USED",
                     *       "description": "The link was used, has ended or never was."
                     *     }
                     */
                    "application/json": components["schemas"]["CreatePageTokenGone"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    renewPageToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "accountId": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50",
                 *       "userId": "17"
                 *     }
                 */
                "application/json": components["schemas"]["Renewal"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "kp_this-is-the-secret-of-a-token-with-43-chars",
                     *       "expiresAt": "2026-11-30T21:10:00.000Z",
                     *       "scope": {
                     *         "kind": "global"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PageToken"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "17",
                     *         "name": "Ivan Sokolov"
                     *       },
                     *       "accountId": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50",
                     *       "scope": {
                     *         "kind": "global"
                     *       },
                     *       "channels": [
                     *         {
                     *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *           "name": "Doors & More bot",
                     *           "transport": "telegram",
                     *           "chatTypes": [
                     *             "telegram"
                     *           ],
                     *           "state": "active",
                     *           "role": "seller",
                     *           "writers": [
                     *             "4",
                     *             "17"
                     *           ]
                     *         },
                     *         {
                     *           "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                     *           "name": "Doors & More",
                     *           "transport": "wapi",
                     *           "chatTypes": [
                     *             "whatsapp"
                     *           ],
                     *           "state": "active",
                     *           "role": "seller",
                     *           "writers": [
                     *             "4",
                     *             "17"
                     *           ]
                     *         }
                     *       ],
                     *       "users": [
                     *         {
                     *           "id": "17",
                     *           "name": "Ivan Sokolov"
                     *         },
                     *         {
                     *           "id": "4",
                     *           "name": "Olga Petrova"
                     *         }
                     *       ],
                     *       "options": {
                     *         "notifyHeadsAboutAllMessages": true
                     *       },
                     *       "doorbell": true,
                     *       "pushKey": "the-public-key-with-which-a-browser-subscribes",
                     *       "time": "2026-11-30T09:22:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    listDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "devices": [
                     *         {
                     *           "deviceId": "078b52b2-a20b-4cb9-b4eb-5f8f8bf032d9",
                     *           "userId": "17",
                     *           "userAgent": "Mozilla/5.0 (Linux; Android 16) Chrome/153.0.0.0 Mobile",
                     *           "createdAt": "2026-11-30T09:10:00.000Z",
                     *           "lastUsedAt": "2026-11-30T09:10:00.000Z",
                     *           "isThis": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    endDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a device
                 * @example 078b52b2-a20b-4cb9-b4eb-5f8f8bf032d9
                 */
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deviceId": "078b52b2-a20b-4cb9-b4eb-5f8f8bf032d9"
                     *     }
                     */
                    "application/json": components["schemas"]["EndedDevice"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /**
             * @description `DEVICE_NOT_FOUND`: No device of that id is signed in.
             *
             *     `NOT_FOUND`: There is no such route, or not in this installation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndDeviceNotFound"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    createDoorbell: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "wss://konvert.example/doorbell?ticket=a-ticket-for-60-seconds"
                     *     }
                     */
                    "application/json": components["schemas"]["Doorbell"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    setStillOwed: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "stillOwed": true
                 *     }
                 */
                "application/json": components["schemas"]["StillOwed"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *       "chatType": "telegram",
                     *       "chatId": "501234567",
                     *       "name": "Anna Smirnova",
                     *       "contactId": "contact-5",
                     *       "responsibleUserId": "17",
                     *       "unanswered": true,
                     *       "unansweredSince": "2026-11-30T09:24:05.000Z",
                     *       "unansweredCount": 1,
                     *       "noReplyNeeded": null,
                     *       "lastMessageAt": "2026-11-30T09:23:30.000Z",
                     *       "preview": "I’ll ask, and tell you today.",
                     *       "seenUpTo": "cXJkUGhiRkRZeThRN1JLNi5bIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzA0NDEwMDAjODg0MyIsMTc5NjAzMDUxMDAwMCxbXV0",
                     *       "version": 9,
                     *       "mayWrite": true,
                     *       "isOwn": true,
                     *       "thread": "tupgjruawa",
                     *       "stillOwed": {
                     *         "userId": "17",
                     *         "at": "2026-11-30T09:24:05.000Z"
                     *       },
                     *       "lastBy": "team"
                     *     }
                     */
                    "application/json": components["schemas"]["Chat"];
                };
            };
            /**
             * @description `INVALID_BODY`: The body is not compressed as Content-Encoding says.
             *
             *     `INVALID_JSON`: The body is no JSON, or is nested too deeply, or has too many values.
             *
             *     `INVALID_REQUEST`: Values are missing or wrong.
             *
             *     `NOTHING_TO_ANSWER`: The client has written nothing that an answer could be owed to.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetStillOwedBadRequest"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Starting"];
        };
    };
    listDealsOfChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deals": [
                     *         {
                     *           "id": "deal-9",
                     *           "name": "Oak door with fitting",
                     *           "link": "https://crm.example/deals/9",
                     *           "closed": false
                     *         },
                     *         {
                     *           "id": "deal-3",
                     *           "name": "Two doors for a cottage",
                     *           "link": "https://crm.example/deals/3",
                     *           "closed": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ChatDeals"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    askForDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrChatNoAccessOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            /** @description `NO_CONTACT`: The client has no contact in the CRM yet. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "NO_CONTACT",
                     *       "description": "The client has no contact in the CRM yet."
                     *     }
                     */
                    "application/json": components["schemas"]["AskForDealConflict"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "text": "It’s 18,500 with",
                     *       "quotedMessageId": "01a22bc1-a628-4a4e-ad1b-fd06b33f12ad",
                     *       "savedAt": "2026-11-30T09:22:40.318Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredDraft"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    putDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "It’s 18,500 with",
                 *       "quotedMessageId": "01a22bc1-a628-4a4e-ad1b-fd06b33f12ad"
                 *     }
                 */
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "text": "It’s 18,500 with",
                     *       "quotedMessageId": "01a22bc1-a628-4a4e-ad1b-fd06b33f12ad",
                     *       "savedAt": "2026-11-30T09:22:40.318Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredDraft"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id of a channel
                 * @example 8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5
                 */
                channelId: components["parameters"]["ChannelId"];
                /**
                 * @description The kind of chat: `telegram`, `whatsapp`, `instagram`, `facebook`, `max`, `vk`, `avito` or `viber`
                 * @example whatsapp
                 */
                chatType: components["parameters"]["ChatType"];
                /**
                 * @description The messenger’s own id of the person, percent-encoded
                 * @example 79001112233
                 */
                chatId: components["parameters"]["ChatId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "text": "",
                     *       "savedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["StoredDraft"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["ChatNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    listQuickReplies: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "quickReplies": [
                     *         {
                     *           "id": "hours",
                     *           "title": "Hours",
                     *           "text": "We are open from 10:00 to 19:00, except on Sundays."
                     *         },
                     *         {
                     *           "id": "delivery",
                     *           "title": "Delivery",
                     *           "text": "Delivery takes two weeks."
                     *         }
                     *       ],
                     *       "version": 3
                     *     }
                     */
                    "application/json": components["schemas"]["StoredQuickReplies"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    replaceQuickReplies: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quickReplies": [
                 *         {
                 *           "id": "hours",
                 *           "title": "Hours",
                 *           "text": "We are open from 10:00 to 19:00, except on Sundays."
                 *         },
                 *         {
                 *           "id": "delivery",
                 *           "title": "Delivery",
                 *           "text": "Delivery takes two weeks."
                 *         }
                 *       ],
                 *       "version": 2
                 *     }
                 */
                "application/json": components["schemas"]["QuickReplies"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "quickReplies": [
                     *         {
                     *           "id": "hours",
                     *           "title": "Hours",
                     *           "text": "We are open from 10:00 to 19:00, except on Sundays."
                     *         },
                     *         {
                     *           "id": "delivery",
                     *           "title": "Delivery",
                     *           "text": "Delivery takes two weeks."
                     *         }
                     *       ],
                     *       "version": 3
                     *     }
                     */
                    "application/json": components["schemas"]["StoredQuickReplies"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            /** @description `QUICK_REPLIES_CHANGED`: Somebody else has changed the quick replies; data holds the version that is stored. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "QUICK_REPLIES_CHANGED",
                     *       "description": "Somebody else has changed the quick replies; data holds the version that is stored.",
                     *       "data": {
                     *         "version": 3
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ReplaceQuickRepliesConflict"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    putPushSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id that the page made: letters, digits, `-` and `_`, 64 at most
                 * @example d098859ef19d4752b454117be2092302
                 */
                id: components["parameters"]["SubscriptionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpoint": "https://fcm.googleapis.com/fcm/send/a-long-address-of-one-browser",
                 *       "notices": "mine"
                 *     }
                 */
                "application/json": components["schemas"]["PushSubscription"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "d098859ef19d4752b454117be2092302",
                     *       "notices": "mine",
                     *       "outsideHours": false
                     *     }
                     */
                    "application/json": components["schemas"]["StoredSubscription"];
                };
            };
            400: components["responses"]["InvalidRequestOrUnreadableBody"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    deletePushSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path: {
                /**
                 * @description The id that the page made: letters, digits, `-` and `_`, 64 at most
                 * @example d098859ef19d4752b454117be2092302
                 */
                id: components["parameters"]["SubscriptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "d098859ef19d4752b454117be2092302"
                     *     }
                     */
                    "application/json": components["schemas"]["StoredSubscription"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    getNotices: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of a user, percent-encoded: the API key acts as that user, who sees and may do less than the CRM. Leave it out with a token of a page */
                "Konvert-User"?: components["parameters"]["KonvertUser"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50",
                     *       "clients": 2,
                     *       "longest": {
                     *         "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *         "chatType": "telegram",
                     *         "chatId": "501234567"
                     *       },
                     *       "leaving": [
                     *         {
                     *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "leavesAt": "2026-11-30T09:30:00.000Z"
                     *         }
                     *       ],
                     *       "late": []
                     *     }
                     */
                    "application/json": components["schemas"]["Notices"];
                };
            };
            401: components["responses"]["UnauthorizedOrUnknownUser"];
            403: components["responses"]["AccountDisabledOrForbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    openRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page */
            302: {
                headers: {
                    /** @description `chat/-` */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            500: components["responses"]["InternalError"];
        };
    };
    getPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an account
                 * @example 2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50
                 */
                accountId: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    /** @description What the document may load */
                    "Content-Security-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    getPageFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id or name of a file
                 * @example Zr8jEQCIIAyWwAUv4O3zAq1c9Bk
                 */
                file: components["parameters"]["File"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, in Brotli or gzip if `Accept-Encoding` has it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": unknown;
                    "text/css": unknown;
                    "text/html": unknown;
                    "application/json": unknown;
                    "image/*": unknown;
                    "font/woff2": unknown;
                };
            };
            404: components["responses"]["FileNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    getDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The guide and the reference */
            200: {
                headers: {
                    /** @description What the document may load */
                    "Content-Security-Policy"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Asked for with a slash at the end */
            302: {
                headers: {
                    /** @description `../docs` */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            500: components["responses"]["InternalError"];
        };
    };
    getDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id or name of a file
                 * @example Zr8jEQCIIAyWwAUv4O3zAq1c9Bk
                 */
                file: components["parameters"]["File"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the guide and the reference */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": unknown;
                    "text/css": unknown;
                    "application/json": unknown;
                    "image/*": unknown;
                    "font/woff2": unknown;
                };
            };
            404: components["responses"]["FileNotFoundOrNotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    onTest: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "test": true
                 *     }
                 */
                "application/json": components["schemas"]["TestEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onMessages: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessagesEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onChannelsUpdates: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channelsUpdates": [
                 *         {
                 *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                 *           "state": "unauthorized",
                 *           "timestamp": 1796031000000
                 *         },
                 *         {
                 *           "channelId": "8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5",
                 *           "state": "active",
                 *           "tier": "TIER_1K",
                 *           "timestamp": 1796031060000
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChannelsEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTemplateStatus: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "templateStatus": {
                 *         "templateGuid": "eee5e8e8-314b-8be7-8ab1-61b63212c37d",
                 *         "name": "order_ready",
                 *         "status": "approved"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TemplateEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAssignments: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignmentsEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWaiting: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "waiting": [
                 *         {
                 *           "channelId": "5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11",
                 *           "chatType": "telegram",
                 *           "chatId": "501234567",
                 *           "since": "2026-11-30T09:15:00.000Z",
                 *           "responsibleUserId": "17"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["WaitingEvent"];
            };
        };
        responses: {
            /** @description Taken, as by any 2xx */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCreateContact: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "createContact": {
                 *         "responsibleUserId": "17",
                 *         "name": "Anna",
                 *         "contactData": [
                 *           {
                 *             "chatType": "telegram",
                 *             "chatId": "501234567",
                 *             "username": "anna_smirnova"
                 *           }
                 *         ],
                 *         "source": "auto"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateContactEvent"];
            };
        };
        responses: {
            /** @description It was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "contact-5",
                     *       "responsibleUserId": "17",
                     *       "name": "Anna Smirnova",
                     *       "contactData": [
                     *         {
                     *           "chatType": "telegram",
                     *           "chatId": "501234567",
                     *           "username": "anna_smirnova"
                     *         },
                     *         {
                     *           "chatType": "whatsapp",
                     *           "chatId": "79001112233"
                     *         }
                     *       ],
                     *       "uri": "https://crm.example/contacts/5"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeContact"];
                };
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCreateDeal: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the call, the same when the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description One signature for each secret that signs, with spaces between them */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "createDeal": {
                 *         "responsibleUserId": "17",
                 *         "contacts": [
                 *           "contact-5"
                 *         ],
                 *         "pipelineId": "1",
                 *         "stageId": "10",
                 *         "source": "auto"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateDealEvent"];
            };
        };
        responses: {
            /** @description It was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "deal-9",
                     *       "responsibleUserId": "17",
                     *       "name": "Oak door with fitting",
                     *       "contacts": [
                     *         "contact-5"
                     *       ],
                     *       "closed": false,
                     *       "uri": "https://crm.example/deals/9"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeDeal"];
                };
            };
            /** @description Ends the registration */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Tried again after 5 seconds, then after twice as long each time, for 24 hours */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
