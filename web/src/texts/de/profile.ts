import type { InLanguageOf } from '../en/index.ts';
import type { profile as english } from '../en/profile.ts';

export const profile: InLanguageOf<typeof english> = {
  title: 'Profil und Sicherheit',
  signedInAs: 'Angemeldet als {{email}}',
  password: {
    title: 'Passwort',
    current: 'Bisheriges Passwort',
    next: 'Neues Passwort',
    again: 'Neues Passwort noch einmal',
    tooShort: 'mindestens {{count}} Zeichen erwartet',
    differs: 'noch einmal dasselbe Passwort erwartet',
    change: 'Passwort ändern',
    changed: 'Das Passwort ist geändert. Andere Sitzungen sind beendet.',
  },
  secondFactor: {
    title: 'Zweiter Faktor',
    on: 'An',
    off: 'Aus',
    why: 'Ein Code aus einer Authenticator-App bei jeder Anmeldung, damit ein gestohlenes Passwort nicht genügt.',
    set: 'Einrichten',
    scan: 'Mit der Authenticator-App einlesen und dann den Code eingeben, den sie zeigt.',
    qr: 'QR-Code für die Authenticator-App',
    manual: 'Keine Kamera? Diesen Schlüssel von Hand eingeben',
    confirm: 'Einschalten',
    recoveryTitle: 'Wiederherstellungscodes',
    recoveryText: 'Jeder davon meldet Sie einmal an, falls die App verloren geht.',
    renew: 'Neue Wiederherstellungscodes',
    remove: 'Ausschalten',
    removeText: 'Danach genügt Ihr Passwort zur Anmeldung.',
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    current: 'Dieser Browser',
    started: 'Angemeldet',
    lastSeen: 'zuletzt gesehen',
    somewhere: 'eine unbekannte Adresse',
    end: 'Beenden',
    endTitle: 'Diese Sitzung beenden?',
    endText: 'Der Browser unter {{address}} muss sich neu anmelden.',
  },
};
