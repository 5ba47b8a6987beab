/**
 * A form that needs a passkey: <passkey-form> asks the browser for one when the form inside is sent, and sends what it answers in the field Credential.
 * Attribute `options` is what to make a passkey with; `from` the address of the question for signing in with one.
 */
const unable = 'Passkeys need HTTPS, or this machine itself, and a host name in the address: with an IP address or over HTTP, browsers offer none.';
const old = 'This browser knows no passkeys. A newer one does.';

const faults = {
  NotAllowedError: 'The browser has given no passkey: it was cancelled, took too long, or there is none for this address.',
  InvalidStateError: 'This device has a passkey of this account already.',
};

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    const reason = reasonAgainst();
    this.classList.toggle('is-unable', reason !== null);
    if (reason !== null)
      this.tell(reason);
    this.addEventListener('submit', this);
  }

  disconnectedCallback() {
    this.removeEventListener('submit', this);
  }

  async handleEvent(event) {
    // A form that only asks for a name and the password goes its way. The framework may have made it of another.
    if (!this.hasAttribute('options') && !this.hasAttribute('from'))
      return;
    const form = event.target;
    const credential = form.elements.namedItem('Credential');
    event.preventDefault();
    this.tell('');
    try {
      credential.value = JSON.stringify(await this.ask());
      form.submit();
    } catch (fault) {
      this.tell(faults[fault.name] ?? `The passkey could not be used: ${fault.message}`);
    }
  }

  async ask() {
    const given = this.getAttribute('options');
    if (given !== null)
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(given)) });
    const answer = await fetch(this.getAttribute('from'), { method: 'POST' });
    if (!answer.ok)
      throw new Error('the server does not answer. Try again in a minute.');
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json()) });
  }

  tell(text) {
    const line = this.querySelector('.passkey-note');
    line.textContent = text;
    line.hidden = text === '';
    const isFault = !this.classList.contains('is-unable');
    line.setAttribute('role', isFault ? 'alert' : 'note');
    line.classList.toggle('fault', isFault);
  }
}

function reasonAgainst() {
  const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
  return !isSecureContext || isAddress ? unable : window.PublicKeyCredential?.parseRequestOptionsFromJSON ? null : old;
}

customElements.define('passkey-form', PasskeyForm);
