const USAGE = `Usage: npm run konvert -- demo <step>
  demo write [text]   a client writes: Anna, or with --client bob, --client carol another; to the bot, or with
                      --channel whatsapp to the WhatsApp number; with --file photo.jpg a file
  demo list           the chats of the demo company, unanswered ones first; with --as ivan those that Ivan sees
  demo reply [text]   you reply to the client and in the messenger of --client and --channel, as the user of --as,
                      with the file of --file
  demo no-reply       you say that no reply is needed, likewise
  demo people         who works there, and who may see and do what
  demo new-clients    three clients write to the channel that gives new clients out in turn: who gets whom, and why
  demo receive [port] gets the events of the demo company, as its CRM would, and prints them until Ctrl-C
       npm run konvert -- connect-telegram [--take-over]
                      connects your own bot; its token is read from TELEGRAM_BOT_TOKEN, or asked for
       npm run konvert -- page --as <user> | --settings
                      a link that opens the page once: of a user, or the settings
       npm run konvert -- deliveries [--help]
                      what could not leave for a client or the CRM, and how to send it again
       npm run konvert -- operator-key --table <SettingsTableName>
                      makes the operator key of a deployment, with your AWS credentials`;

/** Prints how the commands are used, for an unknown command. Returns the exit code for that. */
export function refuse(): number {
  console.error(USAGE);
  return 2;
}
