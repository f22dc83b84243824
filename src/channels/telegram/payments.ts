import type {
  Invoice,
  OrderInfo,
  PaidMedia,
  PaidMediaInfo,
  RefundedPayment,
  ShippingAddress,
  SuccessfulPayment,
} from '@grammyjs/types';
import { fieldsOf, labelled, lines, listed, listOf, rowOf, stringOf } from '#channels/fields';
import type { Content, Media } from '#domain/message';
import type { NoFields } from '#no-fields';
import { fileOf, largestOf, liveFilesOf, mediaParts } from './files.ts';
import { amount, stars } from './money.ts';
import { moment } from './times.ts';

/** An invoice: what is to be paid for, and how much. */
export function invoiceText(value: unknown): string {
  const { title, description, currency, total_amount, start_parameter: _start, ...rest } = fieldsOf<Invoice>(value);
  rest satisfies NoFields;
  return lines(stringOf(title), stringOf(description), amount(total_amount, currency));
}

/** A payment: how much, until when, and the address of delivery. Payloads and numbers of charges are for programs. */
export function paymentText(value: unknown): string {
  const {
    currency,
    total_amount,
    subscription_expiration_date,
    shipping_option_id,
    order_info,
    is_recurring: _isRecurring,
    is_first_recurring: _isFirst,
    invoice_payload: _payload,
    telegram_payment_charge_id: _charge,
    provider_payment_charge_id: _providerCharge,
    ...rest
  } = fieldsOf<SuccessfulPayment>(value);
  rest satisfies NoFields;
  return lines(
    amount(total_amount, currency),
    labelled('Until', moment(subscription_expiration_date)),
    labelled('Shipping', stringOf(shipping_option_id)),
    orderText(order_info),
  );
}

/** A payment that was given back. */
export function refundText(value: unknown): string {
  const {
    currency,
    total_amount,
    invoice_payload: _payload,
    telegram_payment_charge_id: _charge,
    provider_payment_charge_id: _providerCharge,
    ...rest
  } = fieldsOf<RefundedPayment>(value);
  rest satisfies NoFields;
  return amount(total_amount, currency);
}

/** The kinds of paid media, and the files in each. Of what was not paid for, nothing is there. */
const PAID: Readonly<Record<PaidMedia['type'], (media: Record<string, unknown>) => (Media | undefined)[]>> = {
  live_photo: ({ live_photo }) => liveFilesOf(live_photo),
  photo: ({ photo }) => [largestOf(photo)],
  video: ({ video }) => [fileOf(video)],
  preview: () => [],
};

/** Media that cost something: the price, and what is there of them. */
export function readPaidMedia(value: unknown): Partial<Content> {
  const { star_count, paid_media, ...rest } = fieldsOf<PaidMediaInfo>(value);
  rest satisfies NoFields;
  const files = listOf(paid_media).flatMap((one) => {
    const media = fieldsOf<PaidMedia>(one);
    return rowOf(PAID, media.type)?.({ ...media }) ?? [];
  });
  const text = labelled('Paid media', stars(star_count));
  return { ...(text && { text }), ...mediaParts(files) };
}

function orderText(value: unknown): string {
  const { name, phone_number, email, shipping_address, ...rest } = fieldsOf<OrderInfo>(value);
  rest satisfies NoFields;
  return lines(stringOf(name), stringOf(phone_number), stringOf(email), addressText(shipping_address));
}

function addressText(value: unknown): string {
  const { street_line1, street_line2, post_code, city, state, country_code, ...rest } =
    fieldsOf<ShippingAddress>(value);
  rest satisfies NoFields;
  return listed([street_line1, street_line2, post_code, city, state, country_code].map(stringOf));
}
