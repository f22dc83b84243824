/* global define, APP, AMOCRM, document, window */
// Opens Konvert's page in the card of a contact or a lead. amoCRM vouches for its user by a token that is good for one
// request: https://www.amocrm.ru/developers/content/oauth/disposable-tokens
define(['lib/components/base/modal'], (Modal) => {
  const FRAME = 'konvert-frame';
  const BUTTON = 'js-konvert-open';
  const ENTITIES = { lcard: 'deal', ccard: 'contact' };
  /** A developer's own Konvert, which a browser trusts without https. */
  const LOCAL = /^(localhost|127\.0\.0\.1)$/;
  /** What hears the button of the card that is open: amoCRM makes a widget anew for each. */
  let listener;

  return function Widget() {
    const self = this;

    /** The address of frames, with the card that is open. */
    function address() {
      const { frame_url: frameUrl = '' } = self.get_settings();
      const url = new URL(frameUrl);
      if (url.protocol !== 'https:' && !LOCAL.test(url.hostname)) throw new Error('The address of frames is not https');
      const { data } = typeof APP === 'undefined' ? AMOCRM : APP;
      const entity = ENTITIES[self.system().area];
      const id = data.current_card?.id;
      if (entity && id) {
        url.searchParams.set('entity', entity);
        url.searchParams.set('id', String(id));
      }
      return url.toString();
    }

    /** A window of amoCRM with a frame in it. */
    function openFrame() {
      const frame = document.createElement('iframe');
      frame.name = FRAME;
      frame.allow = 'clipboard-write; microphone';
      frame.style.cssText = 'width: 100%; height: 100%; border: 0';
      new Modal({
        class_name: 'modal-window',
        init($body) {
          $body.trigger('modal:loaded').css({ width: '90vw', height: '90vh', padding: 0 }).append(frame);
          $body.trigger('modal:centrify');
        },
      });
      return frame;
    }

    /** Posts the token from the frame itself, so that no permission for requests of this host is needed. */
    function post(url, token) {
      const form = document.createElement('form');
      form.action = url;
      form.method = 'post';
      form.target = FRAME;
      form.hidden = true;
      const input = document.createElement('input');
      input.name = 'token';
      input.value = token;
      form.append(input);
      document.body.append(form);
      form.submit();
      form.remove();
    }

    function open() {
      let url;
      try {
        url = address();
      } catch {
        window.alert(self.i18n('card').wrong_address);
        return;
      }
      let isPosted = false;
      const frame = openFrame();
      self
        .$authorizedAjax({
          url,
          method: 'POST',
          dataType: 'json',
          beforeSend(_request, settings) {
            const token = settings?.headers?.['X-Auth-Token'];
            if (!token) return true;
            isPosted = true;
            post(url, token);
            return false;
          },
        })
        .done(({ url: page }) => {
          frame.src = page;
        })
        .fail((answer) => {
          if (isPosted) return;
          const words = document.createElement('p');
          words.style.padding = '24px';
          words.textContent = answer?.responseJSON?.description ?? self.i18n('card').failed;
          frame.replaceWith(words);
        });
    }

    this.callbacks = {
      init: () => true,
      settings: () => true,
      onSave: () => true,
      destroy: () => undefined,
      bind_actions() {
        if (listener) document.removeEventListener('click', listener);
        listener = ({ target }) => {
          if (target.closest?.(`.${BUTTON}`)) open();
        };
        document.addEventListener('click', listener);
        return true;
      },
      render() {
        if (!ENTITIES[self.system().area]) return true;
        const button = document.createElement('button');
        button.type = 'button';
        button.className = `button-input ${BUTTON}`;
        button.textContent = self.i18n('card').open;
        self.render_template({
          caption: { class_name: 'js-konvert-caption' },
          body: '',
          render: button.outerHTML,
        });
        return true;
      },
    };
    return this;
  };
});
