import type {
  Chat,
  Gift,
  GiftInfo,
  Giveaway,
  GiveawayCompleted,
  GiveawayCreated,
  GiveawayWinners,
  Sticker,
  UniqueGift,
  UniqueGiftInfo,
} from '@grammyjs/types';
import { fieldsOf, labelled, lines, listed, listOf, spaced, stringOf, wholeOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import { withEntities } from './entities.ts';
import { leadingTo } from './links.ts';
import { amount, stars } from './money.ts';
import type { Tell } from './parts.ts';
import { nameOf, namesOf, postLink } from './people.ts';
import { moment } from './times.ts';

/** A gift: what it is, what it is worth, and the words with it. */
export function giftText(value: unknown): string {
  const {
    gift,
    text,
    entities,
    unique_gift_number,
    // What the receiver may do with the gift is said by Telegram's own buttons.
    owned_gift_id: _id,
    convert_star_count: _convert,
    prepaid_upgrade_star_count: _prepaid,
    can_be_upgraded: _canUpgrade,
    is_upgrade_separate: _isSeparate,
    is_private: _isPrivate,
    ...rest
  } = fieldsOf<GiftInfo>(value);
  rest satisfies NoFields;
  return lines(withEntities(text, entities), labelled('Gift', giftName(gift, unique_gift_number)));
}

/** A gift that there is once: its name and number, its price if it was sold, and the words with it. */
export function uniqueGiftText(value: unknown): string {
  const {
    gift,
    text,
    entities,
    last_resale_currency,
    last_resale_amount,
    origin: _origin,
    owned_gift_id: _id,
    transfer_star_count: _transfer,
    next_transfer_date: _next,
    is_private: _isPrivate,
    ...rest
  } = fieldsOf<UniqueGiftInfo>(value);
  rest satisfies NoFields;
  return lines(
    withEntities(text, entities),
    labelled('Gift', uniqueName(gift)),
    amount(last_resale_amount, last_resale_currency),
  );
}

/** A giveaway: the prize, how many win it, when, and what one has to do for it. */
export function giveawayText(value: unknown): string {
  const {
    chats,
    winners_selection_date,
    winner_count,
    only_new_members,
    prize_description,
    country_codes,
    prize_star_count,
    premium_subscription_month_count,
    has_public_winners: _public,
    ...rest
  } = fieldsOf<Giveaway>(value);
  rest satisfies NoFields;
  return lines(
    prize(prize_description, prize_star_count, premium_subscription_month_count),
    labelled('Winners', wholeOf(winner_count)),
    labelled(only_new_members === true ? 'New members of' : 'Members of', namesOf(listOf(chats))),
    labelled('Countries', listed(listOf(country_codes).map(stringOf))),
    labelled('Date', moment(winners_selection_date)),
  );
}

/** The end of a giveaway: the prize and who won it. */
export function giveawayWinnersText(value: unknown): string {
  const {
    chat,
    giveaway_message_id,
    winners_selection_date,
    winner_count,
    winners,
    prize_star_count,
    premium_subscription_month_count,
    unclaimed_prize_count,
    prize_description,
    was_refunded,
    additional_chat_count: _chats,
    only_new_members: _onlyNew,
    ...rest
  } = fieldsOf<GiveawayWinners>(value);
  rest satisfies NoFields;
  return lines(
    leadingTo(nameOf(fieldsOf<Chat>(chat)), postLink(chat, giveaway_message_id)),
    prize(prize_description, prize_star_count, premium_subscription_month_count),
    labelled('Winners', wholeOf(winner_count)),
    namesOf(listOf(winners)),
    labelled('Unclaimed prizes', wholeOf(unclaimed_prize_count)),
    was_refunded === true ? '[refunded]' : '',
    labelled('Date', moment(winners_selection_date)),
  );
}

/** A notice of a giveaway in stars. */
export function createdGiveawayText(value: unknown): string {
  const { prize_star_count, ...rest } = fieldsOf<GiveawayCreated>(value);
  rest satisfies NoFields;
  return stars(prize_star_count);
}

/** A notice of a giveaway that ended without public winners. */
export function completedGiveawayText(value: unknown, tell: Tell): string {
  const {
    winner_count,
    unclaimed_prize_count,
    giveaway_message,
    is_star_giveaway: _isStar,
    ...rest
  } = fieldsOf<GiveawayCompleted>(value);
  rest satisfies NoFields;
  return lines(
    labelled('Winners', wholeOf(winner_count)),
    labelled('Unclaimed prizes', wholeOf(unclaimed_prize_count)),
    tell(giveaway_message),
  );
}

function prize(description: unknown, starCount: unknown, months: unknown): string[] {
  return [stringOf(description), stars(starCount), labelled('Months of Telegram Premium', wholeOf(months))];
}

function giftName(value: unknown, number: unknown): string {
  const { sticker, star_count } = fieldsOf<Gift>(value);
  const which = wholeOf(number);
  return spaced(stringOf(fieldsOf<Sticker>(sticker).emoji), which === undefined ? '' : `#${which}`, stars(star_count));
}

/** https://core.telegram.org/api/links#collectible-gift-link */
function uniqueName(value: unknown): string {
  const { base_name, name, number, model, symbol, backdrop } = fieldsOf<UniqueGift>(value);
  const which = wholeOf(number);
  const title = spaced(stringOf(base_name), which === undefined ? '' : `#${which}`);
  const slug = /^[\w-]{1,128}$/.test(stringOf(name)) ? `https://t.me/nft/${name}` : '';
  const traits = [model, symbol, backdrop].map((trait) => stringOf(fieldsOf<{ name: string }>(trait).name));
  return lines(leadingTo(title, slug), listed(traits));
}
