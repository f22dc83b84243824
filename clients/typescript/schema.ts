// Made by `npm run client` from the description of the API (openapi.json). Do not edit.

export interface paths {
    "/webhooks/{transport}/{channelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a messenger asks whether an address is Konvert’s, before it sends anything there */
        get: operations["answerMessenger"];
        put?: never;
        /** Where a messenger says what clients wrote; verified by the messenger’s own secret */
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
        /** Reply to a client, or write first */
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
        /** Delete a message that was sent through Konvert, for everybody */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /** Change the text or the file of a message that was sent through Konvert */
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
        /** The WhatsApp templates of the account’s channels */
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
        /** An address to upload a file to, for a message with its contentUri */
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
        /** The connected channels */
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
        /** Connect a messenger account */
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
        /** Disconnect a channel; its chats stay readable */
        delete: operations["deleteChannel"];
        options?: never;
        head?: never;
        /** Rename a channel, give it new credentials, switch it off or on */
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
        /** Register the webhook under a new secret; the one before counts on for some minutes */
        post: operations["renewWebhookSecret"];
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
        /** The users of the CRM, by name; with an offset, 100 of them */
        get: operations["listUsers"];
        put?: never;
        /** Push users, at most 100; each takes the place of the one with its id */
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
        /** Delete a user. The roles of the user rest until the user is pushed again */
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
        /** The contacts of the CRM, 100 at a time, by their ids */
        get: operations["listContacts"];
        put?: never;
        /** Push contacts, at most 100; their chats follow before the answer */
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
        /** The deals of the CRM, 100 at a time, by their ids */
        get: operations["listDeals"];
        put?: never;
        /** Push deals, at most 100; their chats follow before the answer */
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
        /** Load new pipelines of the CRM, and replace those with the same ids; the others stay */
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
        /** Make an account; its key is shown this once */
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
        delete?: never;
        options?: never;
        head?: never;
        /** Disable an account within 10 seconds, or enable it again */
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
        /** The API keys of the account, and when each was used last */
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
        /** Administrative acts of the account; with the operator key, those of the operator */
        get: operations["listAudit"];
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
        /** Change the options for all channels */
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
        /** Replace the settings of a channel: what happens to new clients, and who has which role */
        put: operations["replaceChannelSettings"];
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
        /** Where events go, and which */
        get: operations["getReceiver"];
        put?: never;
        /** The same as PATCH */
        post: operations["registerReceiverByPost"];
        delete?: never;
        options?: never;
        head?: never;
        /** Register the address that gets events, and choose which */
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
        /** A new secret that signs events; the former one signs beside it for a day */
        post: operations["createSigningSecret"];
        delete?: never;
        options?: never;
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
        /** How many messages wait in the chats that a user sees */
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
        /** The chats, the longest waiting first, then the rest */
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
        /** Say that no reply is needed to what was seen, or take that back */
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
        /** Hand the client over to another user */
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
        /** The history of a chat, newest last */
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
        /** Why users became responsible for clients, the newest first; for a user, of a chat that they see */
        get: operations["listAssignments"];
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
        /** What failed for good, or still waits to leave */
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
        /** Send again everything that failed for a target, and hasten what waits */
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
        /** Send events once more that the CRM has taken, under the same ids */
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
        /** Send it again, now */
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
        /** A file of a message, by its contentUri. A large one is answered with 302, one that is still coming with 503 */
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
        /** An address that shows a user all their chats, or those of one card, once */
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
        /** An address that opens the chats of a user, or the settings, once */
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
        /** Spend a link for a token of the page */
        post: operations["createPageToken"];
        /** Sign out: the token, and the session of its device */
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
        /** The next token of a device that was signed in outside a frame */
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
        /** The address of a socket that rings when a chat in sight changes */
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
        /** Say that an answer is still owed, or take that back */
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
        /** Ask for one more deal with the client */
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
        /** One’s own unsent text in a chat */
        get: operations["getDraft"];
        /** Keep one’s own unsent text */
        put: operations["putDraft"];
        post?: never;
        /** Drop one’s own unsent text */
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
        /** Replace the quick replies of the account */
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
        /** Let a browser of the user be woken by Web Push */
        put: operations["putPushSubscription"];
        post?: never;
        /** End the waking of a browser */
        delete: operations["deletePushSubscription"];
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
        /** The page of an account */
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
    probe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address is being registered, and has to answer 200 */
        post: operations["onProbe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Messages and statuses, states of channels, or the status of a template */
        post: operations["onEvent"];
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
    schemas: never;
    responses: never;
    parameters: never;
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
                transport: string;
                channelId: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    receiveFromMessenger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                transport: string;
                channelId: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    channelId: string;
                    /** @enum {string} */
                    chatType: "whatsapp" | "whatsgroup" | "viber" | "instagram" | "telegram" | "telegroup" | "vk" | "avito" | "max" | "maxgroup";
                    chatId: string | number;
                    text?: string;
                    contentUri?: string;
                    refMessageId?: string | number;
                    crmUserId?: string | number;
                    crmMessageId?: string | number;
                    clearUnanswered?: boolean;
                    seenUpTo?: string;
                    templateId?: string | number;
                    templateValues?: (string | number)[];
                    /** @description buttons: a list of {text, payload} (WhatsApp), rows of {text, url | callbackData} with replyMarkup inline or reply (Telegram), {payload} each (a template) */
                    buttonsObject?: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messageId: string;
                        chatId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                messageId: string;
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
                    "application/json": {
                        messageId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    editMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text?: string;
                    contentUri?: string;
                    crmUserId?: string | number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messageId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                limit?: string;
                offset?: string;
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
                    "application/json": {
                        templateGuid: string;
                        accountId: number;
                        title: string;
                        name: string;
                        waba: {
                            wabaId: string;
                            wabaName: string;
                        };
                        channels: string[];
                        category: string;
                        language: string;
                        status: string;
                        rejected_reason: string;
                        /** @description Always empty: Meta tells none any more */
                        namespace: string;
                        components: {
                            type: string;
                            format?: string;
                            text?: string;
                            example?: string[];
                            buttons?: {
                                type: string;
                                text: string;
                                url?: string;
                            }[];
                        }[];
                        templateCode: string;
                    }[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    type?: string;
                    size: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contentUri: string;
                        upload: {
                            url: string;
                            headers: {
                                [key: string]: string;
                            };
                        };
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        channelId: string;
                        transport: string;
                        plainId: string;
                        state: string;
                        name: string;
                        connections?: {
                            connectionId: string;
                            ownerId: string;
                            state: string;
                        }[];
                    }[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    transport: string;
                    name: string;
                    plainId?: string | number;
                    credentials: {
                        [key: string]: unknown;
                    };
                    setWebhook?: boolean;
                    /** @default false */
                    takeOver?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channelId: string;
                        transport: string;
                        name: string;
                        state: string;
                        webhookUrl?: string;
                        /** @constant */
                        polling?: true;
                        secretToken?: string;
                        verifyToken?: string;
                        webhookFields?: string[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
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
                    "application/json": {
                        channelId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    changeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    credentials?: {
                        [key: string]: unknown;
                    };
                    enabled?: boolean;
                    /** @default false */
                    takeOver?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channelId: string;
                        transport: string;
                        name: string;
                        state: string;
                        webhookUrl?: string;
                        /** @constant */
                        polling?: true;
                        secretToken?: string;
                        verifyToken?: string;
                        webhookFields?: string[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    renewWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
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
                    "application/json": {
                        channelId: string;
                        transport: string;
                        name: string;
                        state: string;
                        webhookUrl?: string;
                        /** @constant */
                        polling?: true;
                        secretToken?: string;
                        verifyToken?: string;
                        webhookFields?: string[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                offset?: string;
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
                    "application/json": {
                        id: string;
                        name: string;
                    }[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    id: string | number;
                    name: string;
                    phone?: unknown;
                }[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        id: string;
                        name: string;
                        phone: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": (string | number)[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                offset?: string;
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
                    "application/json": {
                        count: number;
                        data: {
                            id: string;
                            responsibleUserId: string;
                            name: string;
                            contactData: {
                                chatType: string;
                                chatId: string;
                                username: string | null;
                                phone: string | null;
                            }[];
                            uri?: string;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    id: string | number;
                    responsibleUserId: string | number;
                    name: string;
                    contactData: {
                        /** @enum {string} */
                        chatType: "whatsapp" | "whatsgroup" | "viber" | "instagram" | "telegram" | "telegroup" | "vk" | "avito" | "max" | "maxgroup";
                        chatId?: string | number;
                        username?: string;
                        phone?: string | number;
                    }[];
                    uri?: string;
                }[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        id: string;
                        responsibleUserId: string;
                        name: string;
                        contactData: {
                            chatType: string;
                            chatId: string;
                            username: string | null;
                            phone: string | null;
                        }[];
                        uri?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    changeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string | number;
                    responsibleUserId?: string | number;
                    name?: string;
                    contactData?: {
                        /** @enum {string} */
                        chatType: "whatsapp" | "whatsgroup" | "viber" | "instagram" | "telegram" | "telegroup" | "vk" | "avito" | "max" | "maxgroup";
                        chatId?: string | number;
                        username?: string;
                        phone?: string | number;
                    }[];
                    uri?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        responsibleUserId: string;
                        name: string;
                        contactData: {
                            chatType: string;
                            chatId: string;
                            username: string | null;
                            phone: string | null;
                        }[];
                        uri?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": (string | number)[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listDeals: {
        parameters: {
            query?: {
                offset?: string;
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
                    "application/json": {
                        count: number;
                        data: {
                            id: string;
                            responsibleUserId: string;
                            name: string;
                            contacts: string[];
                            closed: boolean;
                            uri: string;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    id: string | number;
                    responsibleUserId: string | number;
                    name: string;
                    contacts: (string | number)[];
                    /** @default false */
                    closed?: boolean;
                    uri?: string;
                }[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        id: string;
                        responsibleUserId: string;
                        name: string;
                        contacts: string[];
                        closed: boolean;
                        uri: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": (string | number)[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        id: string;
                        name: string;
                        stages?: {
                            id: string;
                            name: string;
                        }[];
                    }[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    id: string | number;
                    name: string;
                    stages?: {
                        id: string | number;
                        name: string;
                    }[];
                }[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    id: string | number;
                    name: string;
                    stages?: {
                        id: string | number;
                        name: string;
                    }[];
                }[];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        stages?: {
                            id: string;
                            name: string;
                        }[];
                    }[];
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accountId: string;
                        keyId: string;
                        apiKey: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    createKeyForAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keyId: string;
                        apiKey: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    enableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accountId: string;
                        enabled: boolean;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        keys: {
                            keyId: string;
                            name: string | null;
                            createdAt: string | null;
                            lastUsedAt: string | null;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keyId: string;
                        apiKey: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                    "application/json": {
                        keyId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                cursor?: string;
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
                    "application/json": {
                        entries: {
                            at: string;
                            actor: string;
                            act: string;
                            subject: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        notifyHeadsAboutAllMessages: boolean;
                        saveMessagesToTimeline: boolean;
                        frameAncestors: string[];
                        channels: {
                            [key: string]: {
                                newClients: {
                                    /** @enum {string} */
                                    mode: "round-robin" | "first-reply" | "unsorted";
                                    pipelineId?: unknown;
                                    stageId?: unknown;
                                };
                                userRoles: {
                                    userId: string;
                                    /** @enum {string} */
                                    role: "seller" | "manager" | "auditor";
                                    allowGetNewClients: boolean;
                                }[];
                                problems?: {
                                    readonly fields: string[];
                                    readonly unknownUsers?: string[];
                                    readonly unknownPipelines?: string[];
                                    readonly unknownStages?: string[];
                                };
                            };
                        };
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    notifyHeadsAboutAllMessages?: boolean;
                    saveMessagesToTimeline?: boolean;
                    frameAncestors?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notifyHeadsAboutAllMessages: boolean;
                        saveMessagesToTimeline: boolean;
                        frameAncestors: string[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    replaceChannelSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    newClients: {
                        /** @enum {string} */
                        mode: "round-robin" | "first-reply" | "unsorted";
                        pipelineId?: string | number;
                        stageId?: string | number;
                    };
                    userRoles: {
                        userId: string | number;
                        /** @enum {string} */
                        role: "seller" | "manager" | "auditor";
                        /** @default false */
                        allowGetNewClients?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        newClients: {
                            /** @enum {string} */
                            mode: "round-robin" | "first-reply" | "unsorted";
                            pipelineId?: unknown;
                            stageId?: unknown;
                        };
                        userRoles: {
                            userId: string;
                            /** @enum {string} */
                            role: "seller" | "manager" | "auditor";
                            allowGetNewClients: boolean;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        webhooksUri: string | null;
                        subscriptions: {
                            messagesAndStatuses: boolean;
                            contactsAndDealsCreation: boolean;
                            channelsUpdates: boolean;
                            templateStatus: boolean;
                            wabaTemplatesStatus: boolean;
                        };
                        endedAt?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    webhooksUri?: string;
                    subscriptions?: {
                        messagesAndStatuses?: boolean | string;
                        contactsAndDealsCreation?: boolean | string;
                        channelsUpdates?: boolean | string;
                        templateStatus?: boolean | string;
                        templateStatuses?: boolean | string;
                        wabaTemplatesStatus?: boolean | string;
                    };
                    messagesAndStatuses?: boolean | string;
                    contactsAndDealsCreation?: boolean | string;
                    channelsUpdates?: boolean | string;
                    templateStatus?: boolean | string;
                    templateStatuses?: boolean | string;
                    wabaTemplatesStatus?: boolean | string;
                    crmKey?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    webhooksUri?: string;
                    subscriptions?: {
                        messagesAndStatuses?: boolean | string;
                        contactsAndDealsCreation?: boolean | string;
                        channelsUpdates?: boolean | string;
                        templateStatus?: boolean | string;
                        templateStatuses?: boolean | string;
                        wabaTemplatesStatus?: boolean | string;
                    };
                    messagesAndStatuses?: boolean | string;
                    contactsAndDealsCreation?: boolean | string;
                    channelsUpdates?: boolean | string;
                    templateStatus?: boolean | string;
                    templateStatuses?: boolean | string;
                    wabaTemplatesStatus?: boolean | string;
                    crmKey?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                    "application/json": {
                        secret: string;
                        validFrom: string;
                        formerSignsUntil: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    countUnanswered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        counterV2: number;
                        type: ("red" | "grey") | null;
                        lastMsgDateTime: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listChats: {
        parameters: {
            query?: {
                find?: string;
                view?: "all" | "unanswered";
                limit?: string;
                cursor?: string;
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
                    "application/json": {
                        chats: {
                            channelId: string;
                            chatType: string;
                            chatId: string;
                            name: string;
                            contactId: string | null;
                            responsibleUserId: string | null;
                            unanswered: boolean;
                            unansweredSince: string | null;
                            unansweredCount: number;
                            noReplyNeeded: {
                                userId: string | null;
                                at: string;
                                reason?: string;
                            } | null;
                            stillOwed?: {
                                userId: string | null;
                                at: string;
                            };
                            lastMessageAt: string;
                            preview: string;
                            /** @enum {string} */
                            lastBy?: "team" | "refused";
                            seenUpTo: string;
                            version: number;
                            mayWrite: boolean;
                            isOwn: boolean;
                            thread: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": {
                        channelId: string;
                        chatType: string;
                        chatId: string;
                        name: string;
                        contactId: string | null;
                        responsibleUserId: string | null;
                        unanswered: boolean;
                        unansweredSince: string | null;
                        unansweredCount: number;
                        noReplyNeeded: {
                            userId: string | null;
                            at: string;
                            reason?: string;
                        } | null;
                        stillOwed?: {
                            userId: string | null;
                            at: string;
                        };
                        lastMessageAt: string;
                        preview: string;
                        /** @enum {string} */
                        lastBy?: "team" | "refused";
                        seenUpTo: string;
                        version: number;
                        mayWrite: boolean;
                        isOwn: boolean;
                        thread: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    setNoReplyNeeded: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    noReplyNeeded: boolean;
                    seenUpTo?: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channelId: string;
                        chatType: string;
                        chatId: string;
                        name: string;
                        contactId: string | null;
                        responsibleUserId: string | null;
                        unanswered: boolean;
                        unansweredSince: string | null;
                        unansweredCount: number;
                        noReplyNeeded: {
                            userId: string | null;
                            at: string;
                            reason?: string;
                        } | null;
                        stillOwed?: {
                            userId: string | null;
                            at: string;
                        };
                        lastMessageAt: string;
                        preview: string;
                        /** @enum {string} */
                        lastBy?: "team" | "refused";
                        seenUpTo: string;
                        version: number;
                        mayWrite: boolean;
                        isOwn: boolean;
                        thread: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: string | number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channelId: string;
                        chatType: string;
                        chatId: string;
                        name: string;
                        contactId: string | null;
                        responsibleUserId: string | null;
                        unanswered: boolean;
                        unansweredSince: string | null;
                        unansweredCount: number;
                        noReplyNeeded: {
                            userId: string | null;
                            at: string;
                            reason?: string;
                        } | null;
                        stillOwed?: {
                            userId: string | null;
                            at: string;
                        };
                        lastMessageAt: string;
                        preview: string;
                        /** @enum {string} */
                        lastBy?: "team" | "refused";
                        seenUpTo: string;
                        version: number;
                        mayWrite: boolean;
                        isOwn: boolean;
                        thread: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                limit?: string;
                before?: string;
            };
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": {
                        messages: {
                            messageId: string;
                            channelId: string;
                            chatType: string;
                            chatId: string;
                            dateTime: string;
                            type: string;
                            /** @description What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word */
                            kind?: string;
                            isEcho: boolean;
                            contact?: {
                                name?: string;
                                username?: string;
                                phone?: string;
                            };
                            text?: string;
                            status?: string;
                            /** @description The id with which a message of the team was sent, if it was sent with one */
                            crmMessageId?: string;
                            /** @description Of a message that failed: POST /v1/deliveries/{deliveryId}/retry sends it again */
                            deliveryId?: string;
                            error?: {
                                error: string;
                                description: string;
                            };
                            authorId?: string;
                            authorName?: string;
                            quotedMessage?: {
                                messageId?: string;
                                type?: string;
                                kind?: string;
                                text?: string;
                                authorName?: string;
                            };
                            isEdited?: boolean;
                            isDeleted?: boolean;
                            oldInfo?: {
                                oldText: string;
                            };
                            /** @description The file, its size in bytes; a sticker has its emoji */
                            media?: {
                                name?: string;
                                mimeType?: string;
                                size?: number;
                                durationSeconds?: number;
                                emoji?: string;
                            };
                            /** @description Where the file is, good until it is removed */
                            contentUri?: string;
                            /** @description The files after the first, of a message with several */
                            furtherMedia?: {
                                name?: string;
                                mimeType?: string;
                                size?: number;
                                durationSeconds?: number;
                                emoji?: string;
                                /** @description Where the file is, good until it is removed */
                                contentUri?: string;
                            }[];
                            /** @description The place, in degrees */
                            location?: {
                                latitude: number;
                                longitude: number;
                                title?: string;
                                address?: string;
                            };
                            /** @description Cards of people. isSender: the messenger vouches that the card is the sender’s own. text: the vCard */
                            vcards?: {
                                name?: string;
                                phone?: string;
                                isSender?: boolean;
                                text?: string;
                            }[];
                            /** @description A question to choose answers to */
                            poll?: {
                                question: string;
                                options: string[];
                            };
                            /** @description Forwarded: who said it first, and when, as far as that is told */
                            forwarded?: {
                                from?: string;
                                dateTime?: string;
                            };
                            /**
                             * @description A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing
                             * @constant
                             */
                            by?: "automatic";
                            /**
                             * @description It came by an import, so it opened nothing and told nothing
                             * @constant
                             */
                            isImported?: true;
                            /**
                             * @description Another program held the conversation then
                             * @constant
                             */
                            isStandby?: true;
                            /** @description The same in all the messages that the messenger shows as one album */
                            albumId?: string;
                            /** @description What the link carried by which the client came to the chat */
                            referral?: string;
                            /** @description The button that the client pressed: its label, and what it gives back. An event has the payload as its text, a history the label */
                            pressed?: {
                                text: string;
                                payload: string;
                            };
                            /** @description The buttons of a message of the team, in rows; a press gives back the payload, or else the text */
                            buttons?: {
                                text: string;
                                payload?: string;
                                url?: string;
                            }[][];
                            /** @description The template that was sent, by its name at the messenger; text holds its words */
                            template?: {
                                name: string;
                                language: string;
                            };
                            /** @description The client’s reactions to the message */
                            reactions?: string[];
                            noReplyNeeded?: {
                                userId: string | null;
                                reason?: string;
                                withdrawnAt: string | null;
                            };
                            /** @description Somebody of the team said that they still owe an answer to what the client wrote last */
                            stillOwed?: {
                                userId: string | null;
                                withdrawnAt: string | null;
                            };
                        }[];
                        seenUpTo: string;
                        before?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listAssignments: {
        parameters: {
            query?: {
                channelId?: string;
                chatType?: string;
                chatId?: string;
                cursor?: string;
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
                    "application/json": {
                        assignments: {
                            assignmentId: string;
                            at: string;
                            channelId: string;
                            chatType: string;
                            chatId: string;
                            contactId: string | null;
                            userId: string;
                            /** @enum {string} */
                            rule: "round-robin" | "first-reply" | "unsorted" | "waiting" | "handed-over";
                            place: number | null;
                            passedOver: {
                                userId: string;
                                reason: string;
                            }[];
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                state?: "failed" | "pending";
                kind?: "reply" | "message" | "status" | "edit" | "deletion" | "channel" | "template" | "creation";
                target?: string;
                cursor?: string;
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
                    "application/json": {
                        deliveries: {
                            deliveryId: string;
                            state: string;
                            kind: string;
                            target: string;
                            eventId?: string;
                            attempts: number;
                            lastError: {
                                code: string;
                                description: string;
                            } | null;
                            createdAt: string;
                            nextAttemptAt?: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    target: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        /** @constant */
                        more?: true;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    /** @constant */
                    target: "webhook";
                    from: string;
                    to?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        /** @constant */
                        more?: true;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
                name: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    headFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
                name: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    user: {
                        id: string | number;
                        name?: string;
                    };
                    /** @enum {string} */
                    scope: "global" | "card";
                    filter?: {
                        chatType: string;
                        chatId?: string | number;
                        name?: string;
                        phone?: string | number;
                        username?: string;
                    }[];
                    activeChat?: {
                        channelId?: string | number;
                        chatType: string;
                        chatId: string | number;
                    };
                    options?: {
                        clientType?: string;
                        useDealsEvents?: boolean;
                        useMessageEvents?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    createPageLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId?: string | number;
                    settings?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    link: string;
                    device?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        expiresAt: string;
                        scope: {
                            /** @enum {string} */
                            kind: "global" | "card" | "settings";
                            filter?: {
                                chatType: string;
                                chatId: string;
                                name?: string;
                            }[];
                            activeChat?: {
                                channelId?: string;
                                chatType: string;
                                chatId: string;
                            };
                            useDealsEvents?: boolean;
                            useMessageEvents?: boolean;
                        };
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                "application/json": {
                    accountId?: string | number;
                    userId?: string | number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        expiresAt: string;
                        scope: {
                            /** @enum {string} */
                            kind: "global" | "card" | "settings";
                            filter?: {
                                chatType: string;
                                chatId: string;
                                name?: string;
                            }[];
                            activeChat?: {
                                channelId?: string;
                                chatType: string;
                                chatId: string;
                            };
                            useDealsEvents?: boolean;
                            useMessageEvents?: boolean;
                        };
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getMe: {
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
                    "application/json": {
                        user: {
                            id: string;
                            name: string;
                        } | null;
                        accountId: string;
                        scope: {
                            /** @enum {string} */
                            kind: "global" | "card" | "settings";
                            filter?: {
                                chatType: string;
                                chatId: string;
                                name?: string;
                            }[];
                            activeChat?: {
                                channelId?: string;
                                chatType: string;
                                chatId: string;
                            };
                            useDealsEvents?: boolean;
                            useMessageEvents?: boolean;
                        };
                        channels: {
                            channelId: string;
                            name: string;
                            transport: string;
                            chatTypes: string[];
                            state: string;
                            role: ("seller" | "manager" | "auditor") | null;
                            writers: string[];
                        }[];
                        users: {
                            id: string;
                            name: string;
                        }[];
                        options: {
                            notifyHeadsAboutAllMessages: boolean;
                        };
                        doorbell: true | null;
                        /** @constant */
                        demo?: true;
                        pushKey?: string;
                        time: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listDevices: {
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
                    "application/json": {
                        devices: {
                            deviceId: string;
                            userId: string;
                            userAgent: string;
                            createdAt: string;
                            lastUsedAt: string;
                            /** @constant */
                            isThis?: true;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    endDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                    "application/json": {
                        deviceId: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    createDoorbell: {
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
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    setStillOwed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    stillOwed: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channelId: string;
                        chatType: string;
                        chatId: string;
                        name: string;
                        contactId: string | null;
                        responsibleUserId: string | null;
                        unanswered: boolean;
                        unansweredSince: string | null;
                        unansweredCount: number;
                        noReplyNeeded: {
                            userId: string | null;
                            at: string;
                            reason?: string;
                        } | null;
                        stillOwed?: {
                            userId: string | null;
                            at: string;
                        };
                        lastMessageAt: string;
                        preview: string;
                        /** @enum {string} */
                        lastBy?: "team" | "refused";
                        seenUpTo: string;
                        version: number;
                        mayWrite: boolean;
                        isOwn: boolean;
                        thread: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listDealsOfChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": {
                        deals: {
                            id: string;
                            name: string;
                            link?: string;
                            closed: boolean;
                        }[];
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    askForDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": Record<string, never>;
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": {
                        text: string;
                        quotedMessageId?: string;
                        savedAt: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    putDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    quotedMessageId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        text: string;
                        quotedMessageId?: string;
                        savedAt: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                chatType: string;
                chatId: string;
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
                    "application/json": {
                        text: string;
                        quotedMessageId?: string;
                        savedAt: string | null;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    listQuickReplies: {
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
                    "application/json": {
                        quickReplies: {
                            id: string;
                            title: string;
                            text: string;
                        }[];
                        version: number;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    replaceQuickReplies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quickReplies: {
                        id: string;
                        title: string;
                        text: string;
                    }[];
                    version?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        quickReplies: {
                            id: string;
                            title: string;
                            text: string;
                        }[];
                        version: number;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    putPushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    endpoint: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    deletePushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        id: string;
                    };
                };
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
            /** @description Done */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getPageFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
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
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    getDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
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
                content?: never;
            };
            /** @description An error, with its code and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string;
                        description: string;
                        data?: unknown;
                    };
                };
            };
        };
    };
    onProbe: {
        parameters: {
            query?: never;
            header: {
                /** @description The same whenever the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description The signatures of Standard Webhooks, with spaces between them */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    test: true;
                };
            };
        };
        responses: {
            /** @description It was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing is sent to this address any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not taken, and comes again later */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The same whenever the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description The signatures of Standard Webhooks, with spaces between them */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    messages?: {
                        messageId: string;
                        channelId: string;
                        chatType: string;
                        chatId: string;
                        dateTime: string;
                        type: string;
                        /** @description What it is more closely: voice, video_note, animation, sticker, live_photo, venue, live_location, poll, checklist, button, blocked, unblocked, …; of a notice, the messenger’s own word */
                        kind?: string;
                        isEcho: boolean;
                        contact: {
                            name?: string;
                            username?: string;
                            phone?: string;
                        };
                        text?: string;
                        status?: string;
                        error?: {
                            /** @enum {string} */
                            error: "BAD_CONTACT" | "CHATID_IGSID_MISMATCH" | "TOO_LONG_TEXT" | "BAD_LINK" | "TOO_BIG_CONTENT" | "SPAM" | "TOO_MANY_EXT_REQS" | "WRONG_CONTENT" | "MESSAGE_CANCELLED" | "24_HOURS_EXCEEDED" | "7_DAYS_EXCEEDED" | "COMMENT_DELETED" | "MENTION_FORBIDDEN" | "CONTENT_CONVERSION_ERROR" | "MESSAGE_DELETED" | "CHANNEL_REJECTED" | "COMMENT_ALREADY_PRIVATE_REPLIED" | "COMMENT_INVALID_FOR_PRIVATE_REPLY" | "COMMENT_CAN_BE_TEXT_ONLY" | "CANNOT_REPLY_TO_DELETED" | "GENERAL_ERROR" | "UNKNOWN_ERROR";
                            description: string;
                        };
                        authorId?: string;
                        authorName?: string;
                        quotedMessage?: {
                            messageId?: string;
                            type?: string;
                            kind?: string;
                            text?: string;
                            authorName?: string;
                        };
                        isEdited?: boolean;
                        isDeleted?: boolean;
                        oldInfo?: {
                            oldText: string;
                        };
                        /** @description The file, its size in bytes; a sticker has its emoji */
                        media?: {
                            name?: string;
                            mimeType?: string;
                            size?: number;
                            durationSeconds?: number;
                            emoji?: string;
                        };
                        /** @description Where the file is, good until it is removed */
                        contentUri?: string;
                        /** @description The files after the first, of a message with several */
                        furtherMedia?: {
                            name?: string;
                            mimeType?: string;
                            size?: number;
                            durationSeconds?: number;
                            emoji?: string;
                            /** @description Where the file is, good until it is removed */
                            contentUri?: string;
                        }[];
                        /** @description The place, in degrees */
                        location?: {
                            latitude: number;
                            longitude: number;
                            title?: string;
                            address?: string;
                        };
                        /** @description Cards of people. isSender: the messenger vouches that the card is the sender’s own. text: the vCard */
                        vcards?: {
                            name?: string;
                            phone?: string;
                            isSender?: boolean;
                            text?: string;
                        }[];
                        /** @description A question to choose answers to */
                        poll?: {
                            question: string;
                            options: string[];
                        };
                        /** @description Forwarded: who said it first, and when, as far as that is told */
                        forwarded?: {
                            from?: string;
                            dateTime?: string;
                        };
                        /**
                         * @description A machine wrote it in the team’s name (an away, greeting or scheduled message, another bot), so it answers nothing
                         * @constant
                         */
                        by?: "automatic";
                        /**
                         * @description It came by an import, so it opened nothing and told nothing
                         * @constant
                         */
                        isImported?: true;
                        /**
                         * @description Another program held the conversation then
                         * @constant
                         */
                        isStandby?: true;
                        /** @description The same in all the messages that the messenger shows as one album */
                        albumId?: string;
                        /** @description What the link carried by which the client came to the chat */
                        referral?: string;
                        /** @description The button that the client pressed: its label, and what it gives back. An event has the payload as its text, a history the label */
                        pressed?: {
                            text: string;
                            payload: string;
                        };
                        /** @description The buttons of a message of the team, in rows; a press gives back the payload, or else the text */
                        buttons?: {
                            text: string;
                            payload?: string;
                            url?: string;
                        }[][];
                        /** @description The template that was sent, by its name at the messenger; text holds its words */
                        template?: {
                            name: string;
                            language: string;
                        };
                    }[];
                    statuses?: {
                        messageId: string;
                        timestamp: string;
                        /** @enum {string} */
                        status: "sent" | "delivered" | "read" | "error" | "edited";
                        error?: {
                            /** @enum {string} */
                            error: "BAD_CONTACT" | "CHATID_IGSID_MISMATCH" | "TOO_LONG_TEXT" | "BAD_LINK" | "TOO_BIG_CONTENT" | "SPAM" | "TOO_MANY_EXT_REQS" | "WRONG_CONTENT" | "MESSAGE_CANCELLED" | "24_HOURS_EXCEEDED" | "7_DAYS_EXCEEDED" | "COMMENT_DELETED" | "MENTION_FORBIDDEN" | "CONTENT_CONVERSION_ERROR" | "MESSAGE_DELETED" | "CHANNEL_REJECTED" | "COMMENT_ALREADY_PRIVATE_REPLIED" | "COMMENT_INVALID_FOR_PRIVATE_REPLY" | "COMMENT_CAN_BE_TEXT_ONLY" | "CANNOT_REPLY_TO_DELETED" | "GENERAL_ERROR" | "UNKNOWN_ERROR";
                            description: string;
                        };
                        /** @description What the message says after the edit */
                        text?: string;
                    }[];
                    channelsUpdates?: {
                        channelId: string;
                        state: string;
                        tier?: string;
                        timestamp: number;
                    }[];
                    templateStatus?: {
                        templateGuid: string;
                        name: string;
                        status: string;
                    };
                };
            };
        };
        responses: {
            /** @description It was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nothing is sent to this address any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not taken, and comes again later */
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
                /** @description The same whenever the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description The signatures of Standard Webhooks, with spaces between them */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    createContact: {
                        responsibleUserId: string;
                        name: string;
                        contactData: {
                            chatType: string;
                            chatId?: string;
                            username?: string;
                            phone?: string;
                        }[];
                        /** @enum {string} */
                        source: "auto" | "byUser";
                    };
                };
            };
        };
        responses: {
            /** @description It was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string | number;
                        responsibleUserId?: string | number;
                        name?: string;
                        contactData?: {
                            /** @enum {string} */
                            chatType: "whatsapp" | "whatsgroup" | "viber" | "instagram" | "telegram" | "telegroup" | "vk" | "avito" | "max" | "maxgroup";
                            chatId?: string | number;
                            username?: string;
                            phone?: string | number;
                        }[];
                        uri?: string;
                    };
                };
            };
            /** @description Nothing is sent to this address any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not taken, and comes again later */
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
                /** @description The same whenever the same is sent again */
                "webhook-id": string;
                /** @description When it was sent, in seconds */
                "webhook-timestamp": string;
                /** @description The signatures of Standard Webhooks, with spaces between them */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    createDeal: {
                        responsibleUserId: string;
                        contacts: string[];
                        pipelineId?: string;
                        stageId?: string;
                        /** @enum {string} */
                        source: "auto" | "byUser";
                    };
                };
            };
        };
        responses: {
            /** @description It was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string | number;
                        responsibleUserId?: string | number;
                        name?: string;
                        contacts?: (string | number)[];
                        /** @default false */
                        closed: boolean;
                        uri?: string;
                    };
                };
            };
            /** @description Nothing is sent to this address any more */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not taken, and comes again later */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
