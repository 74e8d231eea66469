// Made from docs/openapi/session.json by npm run generate.

export interface paths {
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in
         * @description Sets the session’s cookie. After some wrong guesses in a row, for a person or from an address, nobody may try for a while, which grows with every further one.
         */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the code that signing in still owes
         * @description Sets the cookie of a new session. A code is good once.
         */
        post: operations["giveCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The person’s own sessions, newest first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the person’s own sessions */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the person’s own password
         * @description All other sessions of the person end.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/invitation/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom an invitation is for
         * @description Changes nothing. The token is in the link’s part behind `#`, which browsers send to no server.
         */
        post: operations["readInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a password by an invitation, and sign in
         * @description An invitation is good once. Sessions that the person had end.
         */
        post: operations["takeUpInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/enrol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up a second factor
         * @description It counts once it is confirmed.
         */
        post: operations["enrolSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor on with a first code
         * @description All other sessions of the person end.
         */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes in place of those there were */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/second-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off
         * @description All other sessions of the person end.
         */
        post: operations["disableSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Session: {
            id: string;
            /** @description Whether the call is made by it */
            isThis: boolean;
            /**
             * Format: date-time
             * @description When the person signed in
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description To about five minutes
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description When it ends at the latest
             */
            expiresAt: string;
            /** @description From where */
            address: string | null;
            /** @description As the browser named itself */
            userAgent: string;
        };
    };
    responses: {
        /** @description Unauthorized */
        SignInFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 401;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "sign_in_failed";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Forbidden */
        CrossSite: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 403;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "cross_site";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Payload Too Large */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 413;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "body_too_large";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 415;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unsupported_media_type";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Too Many Requests */
        RateLimited: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 429;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "rate_limited";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Internal Server Error */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 500;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "internal";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Service Unavailable */
        Unavailable: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 503;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unavailable";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Unauthorized */
        Unauthenticated: {
            headers: {
                /** @description The scheme that is expected */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 401;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "unauthenticated";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Bad Request */
        InvalidFieldOrMalformedBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 400;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "invalid_field" | "malformed_body";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunning: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 409;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "idempotency_running";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Unprocessable Entity */
        IdempotencyMismatch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 422;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "idempotency_mismatch";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Bad Request */
        MissingFieldsOrInvalidFieldOrMalformedBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    /** @description Where the error is explained, on this server */
                    type: string;
                    title: string;
                    /** @constant */
                    status: 400;
                    /** @description A sentence for people */
                    detail: string;
                    /**
                     * @description For programs
                     * @enum {string}
                     */
                    code: "missing_fields" | "invalid_field" | "malformed_body";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prs_4kq7m2ws9xbd3h6n",
                     *       "email": "owner@example.com",
                     *       "name": "Owner",
                     *       "role": "owner",
                     *       "scopes": [
                     *         "admin:read",
                     *         "admin:write"
                     *       ],
                     *       "accountId": "acc_4kq7m2ws9xbd3h6n",
                     *       "hasSecondFactor": false,
                     *       "sessionId": "ses_4kq7m2ws9xbd3h6n",
                     *       "expiresAt": "2026-05-18T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        email: string;
                        name: string;
                        /**
                         * @description The provider’s `owner`, `manager` and `viewer`, or a `reseller`’s person
                         * @enum {string}
                         */
                        role: "owner" | "manager" | "viewer" | "reseller";
                        /** @description What the person may do */
                        scopes: string[];
                        /** @description The account acted for */
                        accountId: string;
                        hasSecondFactor: boolean;
                        sessionId: string;
                        /**
                         * Format: date-time
                         * @description When the session ends at the latest
                         */
                        expiresAt: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signIn: {
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
                 *       "email": "owner@example.com",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @description an email address */
                    email: string;
                    /** @description a text of at most 256 characters */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "step": "signed-in",
                     *       "expiresAt": "2026-05-18T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description `second-factor`: a code is owed, and until it is given the session is good for nothing else
                         * @enum {string}
                         */
                        step: "signed-in" | "second-factor";
                        /**
                         * Format: date-time
                         * @description When the session ends at the latest
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["SignInFailed"];
            403: components["responses"]["CrossSite"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "done": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        done: true;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    giveCode: {
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
                 *       "code": "492039"
                 *     }
                 */
                "application/json": {
                    /** @description the six digits of the authenticator, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "step": "signed-in",
                     *       "expiresAt": "2026-05-18T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description `second-factor`: a code is owed, and until it is given the session is good for nothing else
                         * @enum {string}
                         */
                        step: "signed-in" | "second-factor";
                        /**
                         * Format: date-time
                         * @description When the session ends at the latest
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    /** @description The scheme that is expected */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 401;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "unauthenticated" | "sign_in_failed";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            403: components["responses"]["CrossSite"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ses_4kq7m2ws9xbd3h6n",
                     *           "isThis": true,
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "lastSeenAt": "2026-05-04T10:25:00.000Z",
                     *           "expiresAt": "2026-05-18T10:00:00.000Z",
                     *           "address": "198.51.100.7",
                     *           "userAgent": "Mozilla/5.0"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Session"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a session
                 * @example ses_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "done": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        done: true;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 404;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "session_not_found";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery staple",
                 *       "newPassword": "a different long sentence"
                 *     }
                 */
                "application/json": {
                    /** @description the current password */
                    currentPassword: string;
                    /** @description a text of 8 to 256 characters */
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "done": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        done: true;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    readInvitation: {
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
                 *       "token": "vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd"
                 *     }
                 */
                "application/json": {
                    /** @description of an invitation that has neither expired nor been used */
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "ann@example.com",
                     *       "name": "Ann"
                     *     }
                     */
                    "application/json": {
                        email: string;
                        name: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeUpInvitation: {
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
                 *       "token": "vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @description of an invitation that has neither expired nor been used */
                    token: string;
                    /** @description a text of 8 to 256 characters */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "step": "signed-in",
                     *       "expiresAt": "2026-05-18T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description As of `POST /api/session`
                         * @enum {string}
                         */
                        step: "signed-in" | "second-factor";
                        /**
                         * Format: date-time
                         * @description When the session ends at the latest
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["SignInFailed"];
            403: components["responses"]["CrossSite"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    enrolSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @description the current password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "otpauthUri": "otpauth://totp/Headgate:owner%40example.com?issuer=Headgate&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
                     *     }
                     */
                    "application/json": {
                        /** @description For a QR code */
                        otpauthUri: string;
                        /** @description The same, to be typed into an authenticator */
                        secret: string;
                    };
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039"
                 *     }
                 */
                "application/json": {
                    /** @description the six digits that the authenticator shows now */
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "k7m2ws-9xbd3h",
                     *         "4nq8rt-vzj5ya"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Shown once. Each is good once, in place of a code */
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @description Where the error is explained, on this server */
                        type: string;
                        title: string;
                        /** @constant */
                        status: 400;
                        /** @description A sentence for people */
                        detail: string;
                        /**
                         * @description For programs
                         * @enum {string}
                         */
                        code: "missing_fields" | "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @description the current password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "k7m2ws-9xbd3h",
                     *         "4nq8rt-vzj5ya"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Shown once. Each is good once, in place of a code */
                        recoveryCodes: string[];
                    };
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @description the current password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "done": true
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        done: true;
                    };
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["CrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
