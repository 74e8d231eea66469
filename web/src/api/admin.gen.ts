// Made from docs/openapi/admin.json by npm run generate.

export interface paths {
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The installation at a glance
         * @description Sums of use and of what is allocated are some seconds old.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What everybody, or one reseller, used by minute, hour or day
         * @description At most 1500 periods; some seconds old. Minutes are kept for 31 days.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account’s webhook endpoints, oldest first */
        get: operations["listWebhooks"];
        put?: never;
        /** Add an endpoint; its secret is in this answer and nowhere else */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove an endpoint; what is on its way to it is not sent any more */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change an endpoint, or switch it off and on */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; the old one signs beside it for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message of the type webhook.test */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was and is to be sent, newest first. Kept for 30 days */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one again, whatever became of it */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what has failed for good since a time */
        post: operations["replayFailedWebhookDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resellers, newest first unless sorted otherwise
         * @description `search` finds a part of a name, store code or email address, or an id. `tier=STANDARD` lists customers who do not resell.
         */
        get: operations["listResellers"];
        put?: never;
        /**
         * Make a reseller with empty pools
         * @description Its store code is for good. A password is for signing in.
         */
        post: operations["createReseller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reseller or customer */
        get: operations["getReseller"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the name or the email address of an account */
        patch: operations["updateReseller"];
        trace?: never;
    };
    "/resellers/{id}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a customer a reseller
         * @description There is no way back: the store code is for good.
         */
        post: operations["promoteToReseller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/top-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add bytes to a pool, or money */
        post: operations["topUpReseller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take bytes back from a pool, or money
         * @description No more than is there.
         */
        post: operations["takeBackFromReseller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze an account’s money
         * @description It buys and redeems nothing; it can still be given money, and bytes still flow.
         */
        post: operations["freezeCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an account spend its money again */
        post: operations["unfreezeCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every movement of what an account holds, newest first */
        get: operations["getResellerStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{id}/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV */
        get: operations["exportResellerStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every movement of one of the provider’s own accounts, newest first */
        get: operations["getProviderStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV */
        get: operations["exportProviderStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subusers, newest first unless sorted otherwise
         * @description The order by `used` and `remaining` is that of some seconds ago; the figures are those of now. `search` finds a part of a username or email address, or an id.
         */
        get: operations["listSubusers"];
        put?: never;
        /**
         * Make a subuser and give it bandwidth
         * @description It works at once. A password is generated unless one is given.
         */
        post: operations["createSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make up to 1,000 subusers
         * @description Each is made or refused by itself, in the order they are sent: a pool that does not suffice for all serves the first. All that are made commit together. With an `Idempotency-Key`, the same call gives the same results and passwords again.
         */
        post: operations["createSubusers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All subusers that match, as CSV */
        get: operations["exportSubusers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subuser */
        get: operations["getSubuser"];
        put?: never;
        post?: never;
        /**
         * Delete a subuser
         * @description What it has left returns to the pool; its running tunnels are cut.
         */
        delete: operations["deleteSubuser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/allocate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a subuser bandwidth from the pool */
        post: operations["allocateToSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take bandwidth back into the pool */
        post: operations["takeBackFromSubuser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The name and password of a subuser
         * @description That they were shown is written into the audit log.
         */
        get: operations["getCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a subuser another password
         * @description Generated unless `password` is given. Running tunnels are cut.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/whitelist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an address or range in without a password */
        post: operations["addToWhitelist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/whitelist/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an address or range off the whitelist
         * @description Tunnels that were let in by it are cut.
         */
        post: operations["removeFromWhitelist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a subuser used, by minute, hour or day
         * @description At most 1500 periods. Minutes are kept for 31 days.
         */
        get: operations["getSubuserUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every movement of what a subuser has left, newest first */
        get: operations["getSubuserStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subusers/{id}/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV */
        get: operations["exportSubuserStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All plans at today’s prices: by cycle, connections, authentications */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/price": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what a plan costs from now on
         * @description What was bought stays at the price it was bought for; renewals are at the new one.
         */
        put: operations["setPlanPrice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/tax-rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the tax rate of all plans; prices with tax stay */
        put: operations["setTaxRate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscriptions, newest first */
        get: operations["listSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subscription */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop service at once
         * @description The period runs on.
         */
        post: operations["suspendSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring service back
         * @description Not when the period is over.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a subscription with its period
         * @description Nothing is given back.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vouchers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Vouchers, newest first; their codes are nowhere */
        get: operations["listVouchers"];
        put?: never;
        /** Make vouchers; the codes are in the answer and nowhere else */
        post: operations["createVouchers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vouchers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One voucher */
        get: operations["getVoucher"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vouchers/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has redeemed a voucher */
        get: operations["listVoucherUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vouchers/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a voucher out of use
         * @description What was redeemed stays. There is no way back.
         */
        post: operations["disableVoucher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was reported, newest first */
        get: operations["listCreditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be changed while the program runs
         * @description All other settings come from the environment, and from a start on.
         */
        get: operations["listSettings"];
        /** Change a setting; null puts it back to its default */
        put: operations["changeSetting"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All exits, by name. Without any, gateways connect from where they run */
        get: operations["listExits"];
        put?: never;
        /** Set up an exit; from the first one on, traffic leaves through exits only */
        post: operations["createExit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exits/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One exit */
        get: operations["getExit"];
        put?: never;
        post?: never;
        /** Remove an exit; tunnels that run through it go on to their end */
        delete: operations["removeExit"];
        options?: never;
        head?: never;
        /** Change what is named; null takes a setting away. Running tunnels are not touched */
        patch: operations["updateExit"];
        trace?: never;
    };
    "/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All nodes, revoked ones too, newest first */
        get: operations["listNodes"];
        put?: never;
        /** Add a gateway machine; its token is in this answer and nowhere else */
        post: operations["createNode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mint another token; those before it work on for a while */
        post: operations["rotateNode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a node: its link ends at once */
        delete: operations["revokeNode"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is open at all gateways, the oldest first */
        get: operations["listTunnels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tunnels/cut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End what is open: one, or all of a subuser, a subscription or a host */
        post: operations["cutTunnels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds for everybody */
        get: operations["getInstallationLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Limit everybody; what is not named stays. Holds at all gateways within two seconds */
        patch: operations["setInstallationLimits"];
        trace?: never;
    };
    "/resellers/{reseller}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds for all customers of a reseller */
        get: operations["getResellerLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Limit all customers of a reseller; what is not named stays. Holds at all gateways within two seconds */
        patch: operations["setResellerLimits"];
        trace?: never;
    };
    "/subusers/{id}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds for a subuser */
        get: operations["getSubuserLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Limit a subuser; what is not named stays. Holds at all gateways within two seconds */
        patch: operations["setSubuserLimits"];
        trace?: never;
    };
    "/subscriptions/{id}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds for a subscription */
        get: operations["getSubscriptionLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Limit a subscription; what is not named stays. Holds at all gateways within two seconds */
        patch: operations["setSubscriptionLimits"];
        trace?: never;
    };
    "/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The gateways there are, by name */
        get: operations["listGateways"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each job the last time */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All people, in the order they were made */
        get: operations["listPeople"];
        put?: never;
        /**
         * Invite somebody
         * @description The answer has a link by which the person sets a password: hand it on. It is good once.
         */
        post: operations["invitePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a person another role */
        put: operations["changeRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all that a person may do */
        post: operations["disablePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person in again */
        post: operations["enablePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person try again at once, after wrong guesses */
        post: operations["unlockPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/remove-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove a person’s second factor, which is lost with its recovery codes */
        post: operations["removeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new link by which a person sets a password
         * @description Links there were stop working. A password that is lost is replaced this way too.
         */
        post: operations["renewInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reconciliations, newest first */
        get: operations["listReconciliations"];
        put?: never;
        /** Begin one of a reseller for a period; then send the ledger */
        post: operations["beginReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reconciliation, how far it is and what came out */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs */
        get: operations["listDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/differences.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs, as CSV */
        get: operations["exportDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each side has of each day and kind */
        get: operations["getReconciliationTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/unreadable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines that could not be read: the first thousand */
        get: operations["listUnreadableLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reviews, newest first */
        get: operations["listReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One review */
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a review with a note; the account’s standing is good again */
        post: operations["resolveReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resellers/{reseller}/ledger-source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a reseller’s ledger is fetched from */
        get: operations["getLedgerSource"];
        /** Fetch a reseller’s ledger from an address, on a schedule */
        put: operations["setLedgerSource"];
        post?: never;
        /** Fetch this ledger no more */
        delete: operations["removeLedgerSource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliation-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What counts as a difference */
        get: operations["getReconciliationSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what counts as a difference, for reconciliations that begin from now on */
        patch: operations["changeReconciliationSettings"];
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV, whole */
        get: operations["exportAuditCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as JSON, an entry a line, whole */
        get: operations["exportAuditLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, newest first */
        get: operations["listKeys"];
        put?: never;
        /**
         * Mint an API key
         * @description The answer shows `secret` this once. A key is given no more than the caller holds; `admin:write` gives the scopes of resellers and users too. `admin:` scopes are only for keys of the owner’s account.
         */
        post: operations["mintKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mint a successor of an API key
         * @description Old and new work both for `overlapMs`, then the old one ends. The answer shows `secret` this once.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key at once, on every process */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliations/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send the reseller’s ledger: CSV with a header, a JSON array of objects, or an object a line; fields external_ref, kind, amount_usd (or amount_cents), at. The comparison begins when it has been read */
        put: operations["sendLedger"];
        post?: never;
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
        UsageNow: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description In this minute and the five before */
            lastMinutesBytes: number;
            /** @description Since midnight, UTC */
            todayBytes: number;
            /** @description Today and in the 29 days before */
            last30DaysBytes: number;
        };
        Stock: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description Ever given to resellers, less what was taken back */
            soldBytes: number;
            /** @description Of them in pools, not allocated */
            pooledBytes: number;
            /** @description With subusers, not used */
            allocatedBytes: number;
            /** @description Used */
            consumedBytes: number;
            /** @description Taken for services */
            feeBytes: number;
        };
        MoneyDay: {
            /**
             * Format: date-time
             * @description The beginning of the day, UTC
             */
            day: string;
            /** @description Paid in, less what was taken back */
            receivedCents: number;
            /** @description Given: grants and vouchers, less what was taken back */
            grantedCents: number;
            /** @description Earned by subscriptions without tax, less what was given back */
            revenueCents: number;
        };
        BytesByProduct: {
            /** @description Bytes of residential */
            residential: number;
            /** @description Bytes of mobile */
            mobile: number;
        };
        ResellerUse: {
            id: string;
            storeCode: string;
            storeName: string;
            bytes: components["schemas"]["BytesByProduct"];
        };
        Gateway: {
            /** @description Of its session, which begins anew when it starts */
            id: string;
            name: string;
            /**
             * Format: date-time
             * @description When it started
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When it was heard from last
             */
            heartbeatAt: string;
            /** @description Heard from a moment ago */
            alive: boolean;
            /** @description Subusers whose bytes it holds, by product */
            leases: number;
            /** @description Leased to it and not reported as used */
            heldBytes: number;
            /** @description Connections of subscriptions that it may hold open */
            seats: number;
        };
        LowPool: {
            resellerId: string;
            storeCode: string;
            storeName: string;
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /** @description In the pool and with its subusers */
            leftBytes: number;
            /** @description Used a day, over the last week */
            dailyBytes: number;
            /** @description How long it lasts at this rate, with one decimal */
            daysLeft: number;
        };
        ExpiringSubscription: {
            id: string;
            resellerId: string;
            storeCode: string;
            /**
             * Format: date-time
             * @description When it ends
             */
            periodEnd: string;
            autoRenewal: boolean;
        };
        ExpiringSubscriptions: {
            /** @description That end soon and do not renew themselves */
            count: number;
            first: components["schemas"]["ExpiringSubscription"][];
        };
        JobState: {
            name: string;
            /** @description Milliseconds between two runs */
            everyMs: number;
            /**
             * Format: date-time
             * @description When it began last
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it ended last
             */
            finishedAt: string;
            /**
             * Format: date-time
             * @description When it succeeded last
             */
            succeededAt: string | null;
            /**
             * Format: date-time
             * @description When it failed last
             */
            failedAt: string | null;
            /** @description What the last failure said */
            failure: string | null;
            failuresInARow: number;
            /** @description It should have run again by now */
            isLate: boolean;
        };
        Attention: {
            /** @description Accounts whose credit log and own ledger differ, and nobody has resolved that yet */
            openReviews: number;
            /** @description Those that are empty first */
            lowPools: components["schemas"]["LowPool"][];
            expiringSubscriptions: components["schemas"]["ExpiringSubscriptions"];
            failingJobs: components["schemas"]["JobState"][];
            /** @description Credit events that came again with another kind or amount, in the last 30 days */
            creditMismatches: number;
            /** @description Not heard from lately, and not closed */
            silentGateways: number;
        };
        UsagePoint: {
            /**
             * @description one of "residential", "mobile"
             * @enum {string}
             */
            product: "residential" | "mobile";
            /**
             * Format: date-time
             * @description The beginning of the period
             */
            start: string;
            /** @description From clients to targets */
            upBytes: number;
            /** @description From targets to clients */
            downBytes: number;
        };
        Webhook: {
            id: string;
            url: string;
            description: string;
            /** @description Empty: all */
            types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
            enabled: boolean;
            /** @description Why it was switched off, where nobody did it */
            disabledReason: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the present one signs too
             */
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
        };
        WebhookDelivery: {
            id: string;
            /** @description The `webhook-id` it is sent with */
            eventId: string;
            type: string;
            /** @description The body that is sent */
            payload: string;
            /**
             * @description one of "pending", "delivered", "failed"
             * @enum {string}
             */
            status: "pending" | "delivered" | "failed";
            attempts: number;
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was last tried
             */
            attemptedAt: string | null;
            /**
             * Format: date-time
             * @description When it is tried again
             */
            nextAttemptAt: string | null;
            /** @description What was answered last */
            answerStatus: number | null;
            /** @description Why the last attempt failed */
            error: string | null;
        };
        Balances: {
            /** @description Bytes in the pool, not allocated */
            residential: number;
            /** @description The same */
            mobile: number;
            /** @description US cents */
            usd: number;
        };
        Account: {
            id: string;
            email: string;
            name: string;
            /**
             * @description one of "STANDARD", "RESELLER"
             * @enum {string}
             */
            tier: "STANDARD" | "RESELLER";
            /** @description Of a reseller */
            storeCode: string | null;
            /** @description Of a reseller */
            storeName: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /** @description Whether its money is frozen: it buys and redeems nothing */
            creditsFrozen: boolean;
            /**
             * @description Under review: its credit log and its own ledger differ, and nobody has resolved that yet
             * @enum {string}
             */
            standing: "good" | "under_review";
            balances: components["schemas"]["Balances"];
            subuserCount: number;
            last30DaysBytes: components["schemas"]["BytesByProduct"];
        };
        Counterparty: {
            /** @description The provider’s `issued`, `received`, `granted`, `fees`, `revenue` or `tax`; a `pool`; a subuser’s `balance`, `leased` or `consumed` */
            kind: string;
            /** @description A username, store code or email address; null for the provider */
            name: string | null;
            /** @description Of the subuser or account */
            id: string | null;
        };
        Movement: {
            /** @description Of the transfer: later ones have higher numbers */
            id: number;
            /**
             * Format: date-time
             * @description When it was
             */
            at: string;
            /** @description A stable word such as `subuser.allocate` */
            reason: string;
            /** @description Bytes or US cents: above zero what came in, below zero what went out */
            amount: number;
            /** @description Held right after */
            balance: number;
            counterparty: components["schemas"]["Counterparty"];
            /** @description What it paid for */
            subscriptionId: string | null;
            /** @description Who caused it */
            cause: string;
        };
        SubuserReseller: {
            id: string;
            storeCode: string;
        };
        Figures: {
            /** @description Given in all: used and remaining */
            allocatedBytes: number;
            /** @description Used */
            usedBytes: number;
            /** @description Left */
            remainingBytes: number;
        };
        Bandwidth: {
            residential: components["schemas"]["Figures"];
            mobile: components["schemas"]["Figures"];
        };
        Subuser: {
            id: string;
            /** @description With the store code in front */
            username: string;
            /** @description Where one is known */
            email: string | null;
            reseller: components["schemas"]["SubuserReseller"];
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            bandwidth: components["schemas"]["Bandwidth"];
            /** @description Addresses and ranges that need no password, oldest first */
            whitelist: string[];
        };
        MadeSubuser: {
            id: string;
            /** @description With the store code in front */
            username: string;
            /** @description As it was given */
            email: string | null;
            /** @description Generated unless it was given */
            password: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            bytes: components["schemas"]["BytesByProduct"];
        };
        BulkMade: {
            /** @constant */
            status: "made";
            subuser: components["schemas"]["MadeSubuser"];
        };
        BulkProblem: {
            /** @description For programs, as in a problem */
            code: string;
            /** @description A sentence for people */
            detail: string;
            /** @description At fault, where it is one’s fault */
            field: string | null;
        };
        BulkRefused: {
            /** @constant */
            status: "refused";
            problem: components["schemas"]["BulkProblem"];
        };
        Plan: {
            id: string;
            /**
             * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
             * @enum {string}
             */
            billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
            /** @description Tunnels at once */
            connections: number;
            /** @description Slots: addresses that may use it */
            authentications: number;
            /** @description With tax */
            grossCents: number;
            /** @description Without tax */
            netCents: number;
            /** @description The tax in it */
            taxCents: number;
            /** @description 1900 is 19 % */
            taxBasisPoints: number;
        };
        SubscriptionOwner: {
            id: string;
            /** @description Of a reseller */
            storeCode: string | null;
            email: string;
        };
        Slot: {
            id: string;
            /** @description Which may use it; null: none */
            address: string | null;
        };
        Subscription: {
            id: string;
            reseller: components["schemas"]["SubscriptionOwner"];
            /**
             * @description one of "ACTIVE", "SUSPENDED", "STOPPED", "TERMINATED"
             * @enum {string}
             */
            status: "ACTIVE" | "SUSPENDED" | "STOPPED" | "TERMINATED";
            /** @description It ends with its period */
            canceled: boolean;
            /** @description Its period’s end renews it */
            autoRenewal: boolean;
            /**
             * Format: date-time
             * @description The beginning of what is paid for
             */
            periodStart: string;
            /**
             * Format: date-time
             * @description The first moment that is not paid for
             */
            periodEnd: string;
            /** @description Used since it was made */
            bytes: number;
            /** @description Tunnels and requests since it was made */
            requests: number;
            plan: components["schemas"]["Plan"];
            /** @description In the order of their numbers */
            slots: components["schemas"]["Slot"][];
            /**
             * Format: date-time
             * @description When it was bought
             */
            createdAt: string;
        };
        Voucher: {
            id: string;
            /** @description What each redemption is worth */
            amountCents: number;
            /** @description Redemptions in all, one for an account */
            maxUses: number;
            /** @description Redemptions so far */
            uses: number;
            /**
             * @description one of "usable", "used-up", "expired", "disabled"
             * @enum {string}
             */
            state: "usable" | "used-up" | "expired" | "disabled";
            /**
             * Format: date-time
             * @description From then on it is worth nothing
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was taken out of use
             */
            disabledAt: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
        };
        MadeVoucher: {
            id: string;
            code: string;
        };
        VoucherUse: {
            accountId: string;
            email: string;
            /** @description What it was worth */
            amountCents: number;
            /**
             * Format: date-time
             * @description When it was redeemed
             */
            at: string;
        };
        CreditEvent: {
            id: string;
            /** @description Its number in the log */
            seq: number;
            accountId: string;
            /** @description Of the account */
            email: string;
            /** @description The key it was reported through */
            keyId: string;
            kind: string;
            /** @description Below zero for a refund */
            amountCents: number;
            /** @description The reseller’s own name for it */
            externalRef: string;
            /** @description Anything more that was reported */
            meta: Record<string, never> | unknown[] | null;
            /**
             * Format: date-time
             * @description When it was reported
             */
            at: string;
            /** @description How often it came again with another kind or amount */
            mismatches: number;
        };
        Setting: {
            /**
             * @description one of "infiniteCreationFeeBytes", "lowPoolDays", "expiringDays"
             * @enum {string}
             */
            name: "infiniteCreationFeeBytes" | "lowPoolDays" | "expiringDays";
            description: string;
            /** @description In effect */
            value: number;
            /** @description What it is when nobody has changed it */
            defaultValue: number;
            /**
             * Format: date-time
             * @description When it was changed
             */
            changedAt: string | null;
            /** @description The least it can be */
            minimum: number;
            /** @description The most it can be */
            maximum: number;
        };
        ExitSighting: {
            gateway: string;
            /** @description False: it failed, and gets no new tunnels while another one fits */
            isHealthy: boolean;
            /** @description Connections through it */
            tunnels: number;
            /** @description Since it was set up as it is, or the gateway began */
            failures: number;
            /**
             * Format: date-time
             * @description When the gateway said so
             */
            at: string;
        };
        Exit: {
            id: string;
            name: string;
            /**
             * @description From the gateway’s own machine, or through a proxy of that protocol
             * @enum {string}
             */
            kind: "direct" | "http" | "socks5";
            products: ("residential" | "mobile" | "subscription")[];
            /** @description Where it is */
            country: string | null;
            /** @description Where it is */
            state: string | null;
            /** @description Where it is */
            city: string | null;
            /** @description Whose network it is in */
            isp: string | null;
            /** @description Its part of the sum of all that fit */
            weight: number;
            enabled: boolean;
            /** @description On each gateway process */
            maxTunnels: number | null;
            /** @description Of a direct one: what it connects from */
            sourceAddresses: string[];
            /** @description Of an upstream */
            host: string | null;
            /** @description Of an upstream */
            port: number | null;
            /** @description Of an upstream */
            username: string | null;
            /** @description Whether a password is stored; it is never shown */
            hasPassword: boolean;
            /** @description How parameters are spelt to the upstream */
            usernameTemplate: string | null;
            /** @description The same, in the password */
            passwordTemplate: string | null;
            /**
             * @description Whether names that cannot be looked up here are refused, or the upstream’s to look up; or it is given addresses only
             * @enum {string|null}
             */
            resolve: "local" | "remote" | "address" | null;
            /** @description What health checks connect to through it */
            checkTarget: string | null;
            /**
             * Format: date-time
             * @description When it was set up
             */
            createdAt: string;
            /** @description How it does at each gateway process that was heard of in the last 15 seconds */
            seenBy: components["schemas"]["ExitSighting"][];
        };
        Node: {
            id: string;
            name: string;
            /** @description The first characters of its newest token */
            hint: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends by itself
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was revoked
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last heard of
             */
            lastUsedAt: string | null;
            /** @description From which address */
            lastUsedFrom: string | null;
            /** @description Gateway sessions that are open */
            sessions: number;
        };
        Tunnel: {
            tunnelId: string;
            /** @description Null: it belongs to a subscription */
            username: string | null;
            /** @description Null: it belongs to a subuser */
            subscription: string | null;
            storeCode: string;
            /**
             * @description one of "connect", "http", "socks5", "socks4"
             * @enum {string}
             */
            protocol: "connect" | "http" | "socks5" | "socks4";
            /** @description Null until the client has said it */
            host: string | null;
            /** @description The same */
            port: number | null;
            clientAddress: string;
            upBytes: number;
            downBytes: number;
            /**
             * Format: date-time
             * @description When it was opened
             */
            since: string;
            gateway: string;
        };
        Person: {
            id: string;
            email: string;
            name: string;
            /**
             * @description The provider’s `owner`, `manager` and `viewer`, or a `reseller`’s person
             * @enum {string}
             */
            role: "owner" | "manager" | "viewer" | "reseller";
            /** @description The account acted for */
            account: string;
            /** @description Of a reseller’s person */
            storeCode: string | null;
            /**
             * @description `invited`: has no password yet
             * @enum {string}
             */
            state: "active" | "invited" | "disabled";
            hasSecondFactor: boolean;
            /**
             * Format: date-time
             * @description When the person was invited or made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null: never
             */
            lastSignInAt: string | null;
            /** @description The address of it */
            lastSignInFrom: string | null;
        };
        Reconciliation: {
            id: string;
            /** @description Whose ledger it is */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            /**
             * @description Whether the ledger is sent, or fetched from the address that is set
             * @enum {string}
             */
            source: "upload" | "pull";
            /**
             * Format: date-time
             * @description The beginning of the period
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end, not part of it any more
             */
            to: string;
            /** @description Each side may have an event this much later than the other */
            graceSeconds: number;
            /** @description Amounts that differ by no more are the same */
            toleranceCents: number;
            /**
             * @description It waits for a ledger, reads it, compares, is done; or it failed
             * @enum {string}
             */
            status: "waiting" | "reading" | "matching" | "done" | "failed";
            /** @description Why the ledger could not be read */
            error: string | null;
            /**
             * Format: date-time
             * @description When it was begun
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was done, or failed
             */
            finishedAt: string | null;
            /** @description Of the comparison */
            percent: number;
            /** @description Lines of the ledger that were read */
            theirLines: number;
            /** @description Lines that say nothing that could be compared */
            unreadableLines: number;
            /** @description Recorded here in the period; null until they are laid beside the ledger */
            ourEvents: number | null;
            /** @description The same on both sides */
            matched: number;
            /** @description In the ledger, and not recorded here */
            missingHere: number;
            /** @description Recorded here, and not in the ledger */
            missingThere: number;
            /** @description Of the same kind, with another amount */
            amountDiffers: number;
            /** @description Of another kind */
            kindDiffers: number;
            /** @description More often on one side than on the other */
            doubled: number;
            /** @description Too near an end of the period, or to now, to be missed on the other side */
            lagging: number;
        };
        RecordedEvent: {
            eventId: string;
            kind: string;
            /** @description US cents */
            cents: number;
            /**
             * Format: date-time
             * @description When it was recorded
             */
            at: string;
        };
        LedgerLine: {
            /** @description Its place in the ledger, from 1 */
            line: number;
            kind: string;
            /** @description US cents */
            cents: number;
            /**
             * Format: date-time
             * @description As the ledger has it
             */
            at: string | null;
        };
        Difference: {
            /**
             * @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled"
             * @enum {string}
             */
            sort: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
            externalRef: string;
            ours: components["schemas"]["RecordedEvent"] | null;
            theirs: components["schemas"]["LedgerLine"] | null;
        };
        ReconciliationTotal: {
            /** @description In UTC; null where the ledger has no times */
            day: string | null;
            kind: string;
            /** @description Recorded here */
            ourCount: number;
            /** @description US cents */
            ourCents: number;
            /** @description In the ledger */
            theirCount: number;
            /** @description US cents */
            theirCents: number;
        };
        UnreadableLine: {
            /** @description Its place in the ledger */
            line: number;
            why: string;
        };
        ReviewCause: {
            /**
             * Format: date-time
             * @description When it came up
             */
            at: string;
            /** @description `credit-event:…` or `reconciliation:…` */
            subject: string;
            text: string;
        };
        Review: {
            id: string;
            /** @description Who is looked at */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            email: string;
            /**
             * Format: date-time
             * @description When it was opened
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When it was closed
             */
            resolvedAt: string | null;
            /** @description By whom */
            resolvedBy: string | null;
            /** @description What was found */
            note: string | null;
            /** @description Oldest first; at most a hundred */
            causes: components["schemas"]["ReviewCause"][];
        };
        LedgerSource: {
            url: string;
            everyHours: number;
            enabled: boolean;
            /**
             * Format: date-time
             * @description The end of the last period that was fetched
             */
            fetchedTo: string;
            /**
             * Format: date-time
             * @description When it is fetched next
             */
            nextAt: string;
            /** @description Why it could not be fetched last */
            lastError: string | null;
            /**
             * Format: date-time
             * @description When it was set
             */
            createdAt: string;
        };
        AuditEntry: {
            /** @description Grows with time */
            id: number;
            /**
             * Format: date-time
             * @description When it was done
             */
            at: string;
            /** @description `key:…`, `person:…`, `account:…`, `invitation`, `command-line`, `system`, or `provider` */
            actor: string;
            /** @description Of the person, or of the account whose key it was */
            actorEmail: string | null;
            /** @description The account acted for; null for the installation itself */
            account: string | null;
            /** @description The way in: `console`, `admin-api`, `eclipseproxy`, `command-line`, `job`, … */
            door: string;
            /** @description Where the call came from */
            address: string | null;
            action: string;
            /** @description What was acted on */
            subject: string;
            /** @description What changed, with `before` and `after`. Without secrets */
            details: {
                [key: string]: unknown;
            };
        };
        Key: {
            id: string;
            name: string;
            /** @description The email address of the account that the key speaks for */
            owner: string;
            /** @description The first characters of the secret */
            hint: string;
            scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
            /**
             * Format: date-time
             * @description When the key was minted
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends; null: never
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was ended
             */
            revokedAt: string | null;
            /**
             * Format: date-time
             * @description To about a minute; null: never
             */
            lastUsedAt: string | null;
            /** @description The address of it */
            lastUsedFrom: string | null;
            /** @description The account that the key speaks for */
            account: string;
            /** @description Of a reseller */
            storeCode: string | null;
            /** @description The key that it took the place of */
            rotatedFrom: string | null;
        };
    };
    responses: {
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
        /** @description Forbidden */
        InsufficientScopeOrCrossSite: {
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
                    code: "insufficient_scope" | "cross_site";
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
        /** @description Not Found */
        AccountNotFound: {
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
                    code: "account_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunningOrLimitReached: {
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
                    code: "idempotency_running" | "limit_reached";
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
        /** @description Not Found */
        WebhookNotFound: {
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
                    code: "webhook_not_found";
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
        /** @description Conflict */
        IdempotencyRunningOrInsufficientBalance: {
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
                    code: "idempotency_running" | "insufficient_balance";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        SubuserNotFound: {
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
                    code: "subuser_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        SubscriptionNotFound: {
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
                    code: "subscription_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Conflict */
        IdempotencyRunningOrSubscriptionState: {
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
                    code: "idempotency_running" | "subscription_state";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        VoucherNotFound: {
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
                    code: "voucher_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        ExitNotFound: {
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
                    code: "exit_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        NodeNotFound: {
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
                    code: "node_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        AccountNotFoundOrSubscriptionNotFound: {
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
                    code: "account_not_found" | "subscription_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Forbidden */
        InsufficientScopeOrCrossSiteOrReservedFor: {
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
                    code: "insufficient_scope" | "cross_site" | "reserved_for";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        PersonNotFound: {
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
                    code: "person_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        ReconciliationNotFound: {
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
                    code: "reconciliation_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        ReviewNotFound: {
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
                    code: "review_not_found";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Bad Request */
        InvalidField: {
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
                    code: "invalid_field";
                    errors?: {
                        field: string;
                        /** @description Completes “the field must be …” */
                        expected: string;
                    }[];
                };
            };
        };
        /** @description Not Found */
        KeyNotFound: {
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
                    code: "key_not_found";
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
    getOverview: {
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
                     *       "at": "2026-05-04T10:00:00.000Z",
                     *       "usage": [
                     *         {
                     *           "product": "residential",
                     *           "lastMinutesBytes": 840000000,
                     *           "todayBytes": 91000000000,
                     *           "last30DaysBytes": 2400000000000
                     *         },
                     *         {
                     *           "product": "mobile",
                     *           "lastMinutesBytes": 0,
                     *           "todayBytes": 4000000000,
                     *           "last30DaysBytes": 90000000000
                     *         }
                     *       ],
                     *       "stock": [
                     *         {
                     *           "product": "residential",
                     *           "soldBytes": 9000000000000,
                     *           "pooledBytes": 2000000000000,
                     *           "allocatedBytes": 3000000000000,
                     *           "consumedBytes": 3999000000000,
                     *           "feeBytes": 1000000000
                     *         }
                     *       ],
                     *       "resellers": 12,
                     *       "subusers": 3400,
                     *       "activeSubscriptions": 31,
                     *       "money": [
                     *         {
                     *           "day": "2026-05-04T00:00:00.000Z",
                     *           "receivedCents": 25000,
                     *           "grantedCents": 0,
                     *           "revenueCents": 16810
                     *         }
                     *       ],
                     *       "topResellers": [
                     *         {
                     *           "id": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "storeName": "My Store",
                     *           "bytes": {
                     *             "residential": 2400000000000,
                     *             "mobile": 90000000000
                     *           }
                     *         }
                     *       ],
                     *       "gateways": [
                     *         {
                     *           "id": "17",
                     *           "name": "gw1",
                     *           "openedAt": "2026-05-04T10:00:00.000Z",
                     *           "heartbeatAt": "2026-05-04T10:00:00.000Z",
                     *           "alive": true,
                     *           "leases": 41,
                     *           "heldBytes": 655000000,
                     *           "seats": 120
                     *         }
                     *       ],
                     *       "attention": {
                     *         "openReviews": 0,
                     *         "lowPools": [],
                     *         "expiringSubscriptions": {
                     *           "count": 0,
                     *           "first": []
                     *         },
                     *         "failingJobs": [],
                     *         "creditMismatches": 0,
                     *         "silentGateways": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When this was so
                         */
                        at: string;
                        usage: components["schemas"]["UsageNow"][];
                        stock: components["schemas"]["Stock"][];
                        resellers: number;
                        subusers: number;
                        activeSubscriptions: number;
                        /** @description The last 30 days, today last */
                        money: components["schemas"]["MoneyDay"][];
                        /** @description Those who used most in the last 30 days */
                        topResellers: components["schemas"]["ResellerUse"][];
                        gateways: components["schemas"]["Gateway"][];
                        attention: components["schemas"]["Attention"];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUsage: {
        parameters: {
            query: {
                /** @description one of "minute", "hour", "day" */
                resolution: "minute" | "hour" | "day";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to: string;
                /** @description an id */
                resellerId?: string;
            };
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
                     *       "resolution": "hour",
                     *       "from": "2026-05-04T00:00:00.000Z",
                     *       "to": "2026-05-05T00:00:00.000Z",
                     *       "points": [
                     *         {
                     *           "product": "residential",
                     *           "start": "2026-05-04T10:00:00.000Z",
                     *           "upBytes": 120000,
                     *           "downBytes": 48000000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description one of "minute", "hour", "day"
                         * @enum {string}
                         */
                        resolution: "minute" | "hour" | "day";
                        /**
                         * Format: date-time
                         * @description The beginning that was asked for
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The end that was asked for, not part of it any more
                         */
                        to: string;
                        /** @description In the order of time; periods without use are left out */
                        points: components["schemas"]["UsagePoint"][];
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
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
                     *           "id": "wh_k3m9q2w7x4b8n6v5",
                     *           "url": "https://shop.example.com/hooks/headgate",
                     *           "description": "The shop",
                     *           "types": [
                     *             "quota.warning",
                     *             "quota.reached"
                     *           ],
                     *           "enabled": true,
                     *           "disabledReason": null,
                     *           "previousSecretUntil": null,
                     *           "createdAt": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
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
                 *       "url": "https://shop.example.com/hooks/headgate",
                 *       "types": [
                 *         "quota.warning",
                 *         "quota.reached"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description an https:// URL of at most 2000 characters */
                    url: string;
                    /** @description a text of at most 200 characters */
                    description?: string;
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, reconciliation.differences, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /** @description Signs what is sent. Shown now and never again */
                        secret: string;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunningOrLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
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
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
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
                     *       "id": "wh_k3m9q2w7x4b8n6v5"
                     *     }
                     */
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    /** @description an https:// URL of at most 2000 characters */
                    url?: string;
                    /** @description a text of at most 200 characters */
                    description?: string;
                    /** @description a list of subuser.created, quota.warning, quota.reached, subscription.expiring, subscription.expired, subscription.renewed, credit_event.mismatch, reconciliation.differences, key.revoked; empty for all */
                    types?: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                    /** @description true or false */
                    enabled?: boolean;
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
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @description a whole number of seconds, at most 30 days (absent: one day) */
                    overlapSeconds?: number;
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
                     *       "id": "wh_k3m9q2w7x4b8n6v5",
                     *       "url": "https://shop.example.com/hooks/headgate",
                     *       "description": "The shop",
                     *       "types": [
                     *         "quota.warning",
                     *         "quota.reached"
                     *       ],
                     *       "enabled": true,
                     *       "disabledReason": null,
                     *       "previousSecretUntil": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: string;
                        /** @description Empty: all */
                        types: ("subuser.created" | "quota.warning" | "quota.reached" | "subscription.expiring" | "subscription.expired" | "subscription.renewed" | "credit_event.mismatch" | "reconciliation.differences" | "key.revoked")[];
                        enabled: boolean;
                        /** @description Why it was switched off, where nobody did it */
                        disabledReason: string | null;
                        /**
                         * Format: date-time
                         * @description Until when the secret before the present one signs too
                         */
                        previousSecretUntil: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /** @description Signs what is sent. Shown now and never again */
                        secret: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
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
                     *       "eventId": "evt_w7x4b8n6v5k3m9q2"
                     *     }
                     */
                    "application/json": {
                        eventId: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description one of "pending", "delivered", "failed" */
                status?: "pending" | "delivered" | "failed";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
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
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a",
                     *           "eventId": "evt_w7x4b8n6v5k3m9q2",
                     *           "type": "quota.warning",
                     *           "payload": "{\"type\":\"quota.warning\",\"timestamp\":\"2026-05-04T10:00:00.000Z\",\"data\":{}}",
                     *           "status": "delivered",
                     *           "attempts": 1,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "attemptedAt": "2026-05-04T10:00:01.000Z",
                     *           "nextAttemptAt": null,
                     *           "answerStatus": 200,
                     *           "error": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
                /**
                 * @description The delivery’s id
                 * @example dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a
                 */
                deliveryId: string;
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
                     *       "id": "dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a"
                     *     }
                     */
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayFailedWebhookDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The endpoint’s id
                 * @example wh_k3m9q2w7x4b8n6v5
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-05-04T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    since: string;
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
                     *       "count": 12
                     *     }
                     */
                    "application/json": {
                        /** @description How many are sent again */
                        count: number;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["WebhookNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listResellers: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description one of "created", "name", "storeCode", "subusers", "residential", "mobile", "usd", "used" */
                sort?: "created" | "name" | "storeCode" | "subusers" | "residential" | "mobile" | "usd" | "used";
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description one of "STANDARD", "RESELLER" */
                tier?: "STANDARD" | "RESELLER";
                /** @description one of "good", "under_review" */
                standing?: "good" | "under_review";
                /** @description true or false: only those whose money is frozen, or is not */
                frozen?: "true" | "false";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acc_4kq7m2ws9xbd3h6n",
                     *           "email": "r@example.com",
                     *           "name": "My Store",
                     *           "tier": "RESELLER",
                     *           "storeCode": "MYSTORE",
                     *           "storeName": "My Store",
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "creditsFrozen": false,
                     *           "standing": "good",
                     *           "balances": {
                     *             "residential": 10000000000,
                     *             "mobile": 1000000000,
                     *             "usd": 10000
                     *           },
                     *           "subuserCount": 34,
                     *           "last30DaysBytes": {
                     *             "residential": 2400000000000,
                     *             "mobile": 0
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Account"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createReseller: {
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
                 *       "storeCode": "MYSTORE",
                 *       "storeName": "My Store",
                 *       "email": "r@example.com"
                 *     }
                 */
                "application/json": {
                    /** @description 2 to 16 capital letters and digits, beginning with a letter */
                    storeCode: string;
                    /** @description a text of 1 to 100 characters on one line */
                    storeName: string;
                    /** @description an email address of at most 254 characters */
                    email: string;
                    /** @description a text of 8 to 256 characters */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "email_taken" | "store_code_taken";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReseller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
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
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateReseller: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "My Other Store"
                 *     }
                 */
                "application/json": {
                    /** @description a text of 1 to 100 characters on one line */
                    name?: string;
                    /** @description an email address of at most 254 characters */
                    email?: string;
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
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "email_taken";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    promoteToReseller: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "storeCode": "MYSTORE",
                 *       "storeName": "My Store"
                 *     }
                 */
                "application/json": {
                    /** @description 2 to 16 capital letters and digits, beginning with a letter */
                    storeCode: string;
                    /** @description a text of 1 to 100 characters on one line */
                    storeName: string;
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
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "store_code_taken";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    topUpReseller: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "asset": "residential",
                 *       "amount": 5000000000,
                 *       "note": "Invoice 1042"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description residential, mobile or usd
                     * @enum {string}
                     */
                    asset: "residential" | "mobile" | "usd";
                    /** @description a positive whole number: bytes, at most 10^15, or US cents, at most 10^11 */
                    amount: number;
                    /** @description a printable text of at most 500 characters */
                    note?: string;
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
                     *       "asset": "residential",
                     *       "balance": 15000000000,
                     *       "transferId": 81723
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description residential, mobile or usd
                         * @enum {string}
                         */
                        asset: "residential" | "mobile" | "usd";
                        /** @description Held now */
                        balance: number;
                        /** @description The movement in the statement */
                        transferId: number;
                    };
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeBackFromReseller: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "asset": "residential",
                 *       "amount": 5000000000,
                 *       "note": "Invoice 1042"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description residential, mobile or usd
                     * @enum {string}
                     */
                    asset: "residential" | "mobile" | "usd";
                    /** @description a positive whole number: bytes, at most 10^15, or US cents, at most 10^11 */
                    amount: number;
                    /** @description a printable text of at most 500 characters */
                    note?: string;
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
                     *       "asset": "residential",
                     *       "balance": 5000000000,
                     *       "transferId": 81723
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description residential, mobile or usd
                         * @enum {string}
                         */
                        asset: "residential" | "mobile" | "usd";
                        /** @description Held now */
                        balance: number;
                        /** @description The movement in the statement */
                        transferId: number;
                    };
                };
            };
            400: components["responses"]["MissingFieldsOrInvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    freezeCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
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
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unfreezeCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
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
                     *       "id": "acc_4kq7m2ws9xbd3h6n",
                     *       "email": "r@example.com",
                     *       "name": "My Store",
                     *       "tier": "RESELLER",
                     *       "storeCode": "MYSTORE",
                     *       "storeName": "My Store",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "creditsFrozen": false,
                     *       "standing": "good",
                     *       "balances": {
                     *         "residential": 10000000000,
                     *         "mobile": 1000000000,
                     *         "usd": 10000
                     *       },
                     *       "subuserCount": 34,
                     *       "last30DaysBytes": {
                     *         "residential": 2400000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getResellerStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
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
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": 81723,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "reason": "subuser.allocate",
                     *           "amount": -5000000000,
                     *           "balance": 95000000000,
                     *           "counterparty": {
                     *             "kind": "balance",
                     *             "name": "MYSTORE_anna",
                     *             "id": "subuser-4kq7m2ws9xbd3h6n"
                     *           },
                     *           "subscriptionId": null,
                     *           "cause": "key:key_4kq7m2ws9xbd3h6n"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Movement"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportResellerStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example acc_4kq7m2ws9xbd3h6n
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
                     * @example id,at,reason,amount,balance,counterparty,counterpartyId,counterpartyKind,subscriptionId,cause
                     *     81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n
                     */
                    "text/csv": string;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProviderStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
                /** @description one of "issued", "received", "granted", "fees", "revenue", "tax" */
                account: "issued" | "received" | "granted" | "fees" | "revenue" | "tax";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": 81723,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "reason": "subuser.allocate",
                     *           "amount": -5000000000,
                     *           "balance": 95000000000,
                     *           "counterparty": {
                     *             "kind": "balance",
                     *             "name": "MYSTORE_anna",
                     *             "id": "subuser-4kq7m2ws9xbd3h6n"
                     *           },
                     *           "subscriptionId": null,
                     *           "cause": "key:key_4kq7m2ws9xbd3h6n"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Movement"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportProviderStatement: {
        parameters: {
            query: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description residential, mobile or usd */
                asset: "residential" | "mobile" | "usd";
                /** @description one of "issued", "received", "granted", "fees", "revenue", "tax" */
                account: "issued" | "received" | "granted" | "fees" | "revenue" | "tax";
            };
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
                     * @example id,at,reason,amount,balance,counterparty,counterpartyId,counterpartyKind,subscriptionId,cause
                     *     81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n
                     */
                    "text/csv": string;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubusers: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description one of "name", "created", "used", "remaining" */
                sort?: "name" | "created" | "used" | "remaining";
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description residential or mobile: whose figures to sort by */
                product?: "residential" | "mobile";
                /** @description the id of a reseller */
                resellerId?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "subuser-4kq7m2ws9xbd3h6n",
                     *           "username": "MYSTORE_anna",
                     *           "email": "anna@example.com",
                     *           "reseller": {
                     *             "id": "acc_4kq7m2ws9xbd3h6n",
                     *             "storeCode": "MYSTORE"
                     *           },
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "bandwidth": {
                     *             "residential": {
                     *               "allocatedBytes": 5000000000,
                     *               "usedBytes": 1200000000,
                     *               "remainingBytes": 3800000000
                     *             },
                     *             "mobile": {
                     *               "allocatedBytes": 0,
                     *               "usedBytes": 0,
                     *               "remainingBytes": 0
                     *             }
                     *           },
                     *           "whitelist": [
                     *             "203.0.113.7"
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Subuser"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSubuser: {
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
                 *       "username": "anna",
                 *       "email": "anna@example.com",
                 *       "bytes": {
                 *         "residential": 5000000000
                 *       },
                 *       "resellerId": "acc_4kq7m2ws9xbd3h6n"
                 *     }
                 */
                "application/json": {
                    /** @description 1 to 48 letters, digits, underscores or dots (no hyphen) */
                    username: string;
                    /** @description an email address, or null */
                    email?: string | null;
                    /** @description 8 to 64 printable ASCII characters without spaces */
                    password?: string;
                    /** @description an object of bytes by product */
                    bytes?: {
                        /** @description a whole number of bytes from 0 to 10^15 */
                        residential?: number;
                        /** @description a whole number of bytes from 0 to 10^15 */
                        mobile?: number;
                    };
                    /** @description the id of a reseller */
                    resellerId: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bytes": {
                     *         "residential": 5000000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description With the store code in front */
                        username: string;
                        /** @description As it was given */
                        email: string | null;
                        /** @description Generated unless it was given */
                        password: string;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        bytes: components["schemas"]["BytesByProduct"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "username_taken" | "insufficient_balance";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSubusers: {
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
                 *       "subusers": [
                 *         {
                 *           "username": "anna",
                 *           "email": "anna@example.com",
                 *           "bytes": {
                 *             "residential": 5000000000
                 *           }
                 *         },
                 *         {
                 *           "username": "otto"
                 *         }
                 *       ],
                 *       "resellerId": "acc_4kq7m2ws9xbd3h6n"
                 *     }
                 */
                "application/json": {
                    /** @description a list of 1 to 1000 subusers */
                    subusers: {
                        /** @description 1 to 48 letters, digits, underscores or dots (no hyphen) */
                        username: string;
                        /** @description an email address, or null */
                        email?: string | null;
                        /** @description 8 to 64 printable ASCII characters without spaces */
                        password?: string;
                        /** @description an object of bytes by product */
                        bytes?: {
                            /** @description a whole number of bytes from 0 to 10^15 */
                            residential?: number;
                            /** @description a whole number of bytes from 0 to 10^15 */
                            mobile?: number;
                        };
                    }[];
                    /** @description the id of a reseller */
                    resellerId: string;
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
                     *       "made": 1,
                     *       "refused": 1,
                     *       "results": [
                     *         {
                     *           "status": "made",
                     *           "subuser": {
                     *             "id": "subuser-4kq7m2ws9xbd3h6n",
                     *             "username": "MYSTORE_anna",
                     *             "email": "anna@example.com",
                     *             "password": "pH7kq2WmX4tBz9RcVn3L",
                     *             "createdAt": "2026-05-04T10:00:00.000Z",
                     *             "bytes": {
                     *               "residential": 5000000000,
                     *               "mobile": 0
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "status": "refused",
                     *           "problem": {
                     *             "code": "username_taken",
                     *             "detail": "The username MYSTORE_otto is taken",
                     *             "field": null
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description How many were made */
                        made: number;
                        /** @description How many were not */
                        refused: number;
                        /** @description One for each, in the order they were sent */
                        results: (components["schemas"]["BulkMade"] | components["schemas"]["BulkRefused"])[];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            /** @description Payload Too Large */
            413: {
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
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSubusers: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description one of "name", "created", "used", "remaining" */
                sort?: "name" | "created" | "used" | "remaining";
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description residential or mobile: whose figures to sort by */
                product?: "residential" | "mobile";
                /** @description the id of a reseller */
                resellerId?: string;
            };
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
                     * @example id,username,email,storeCode,createdAt,residentialAllocatedBytes,residentialUsedBytes,residentialRemainingBytes,mobileAllocatedBytes,mobileUsedBytes,mobileRemainingBytes,whitelist
                     *     subuser-4kq7m2ws9xbd3h6n,MYSTORE_anna,anna@example.com,MYSTORE,2026-05-04T10:00:00.000Z,5000000000,1200000000,3800000000,0,0,0,203.0.113.7
                     */
                    "text/csv": string;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "username": "MYSTORE_anna",
                     *       "returnedBytes": {
                     *         "residential": 3800000000,
                     *         "mobile": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        username: string;
                        returnedBytes: components["schemas"]["BytesByProduct"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    allocateToSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product": "residential",
                 *       "bytes": 5000000000
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "residential", "mobile"
                     * @enum {string}
                     */
                    product: "residential" | "mobile";
                    /** @description a positive whole number of bytes */
                    bytes: number;
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeBackFromSubuser: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product": "residential",
                 *       "bytes": 5000000000
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "residential", "mobile"
                     * @enum {string}
                     */
                    product: "residential" | "mobile";
                    /** @description a positive whole number of bytes */
                    bytes: number;
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
                     *       "id": "subuser-4kq7m2ws9xbd3h6n",
                     *       "username": "MYSTORE_anna",
                     *       "email": "anna@example.com",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE"
                     *       },
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "bandwidth": {
                     *         "residential": {
                     *           "allocatedBytes": 5000000000,
                     *           "usedBytes": 1200000000,
                     *           "remainingBytes": 3800000000
                     *         },
                     *         "mobile": {
                     *           "allocatedBytes": 0,
                     *           "usedBytes": 0,
                     *           "remainingBytes": 0
                     *         }
                     *       },
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Subuser"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunningOrInsufficientBalance"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "username": "MYSTORE_anna",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L"
                     *     }
                     */
                    "application/json": {
                        username: string;
                        password: string;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description 8 to 64 printable ASCII characters without spaces */
                    password?: string;
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
                     *       "username": "MYSTORE_anna",
                     *       "password": "pH7kq2WmX4tBz9RcVn3L"
                     *     }
                     */
                    "application/json": {
                        username: string;
                        password: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    addToWhitelist: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description an IPv4 or IPv6 address or a CIDR range */
                    address: string;
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
                     *       "whitelist": [
                     *         "203.0.113.7"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        whitelist: string[];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "address_in_use" | "limit_reached";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeFromWhitelist: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "203.0.113.7"
                 *     }
                 */
                "application/json": {
                    /** @description an IPv4 or IPv6 address or a CIDR range */
                    address: string;
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
                     *       "whitelist": []
                     *     }
                     */
                    "application/json": {
                        whitelist: string[];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuserUsage: {
        parameters: {
            query: {
                /** @description one of "minute", "hour", "day" */
                resolution: "minute" | "hour" | "day";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "resolution": "hour",
                     *       "from": "2026-05-04T00:00:00.000Z",
                     *       "to": "2026-05-05T00:00:00.000Z",
                     *       "points": [
                     *         {
                     *           "product": "residential",
                     *           "start": "2026-05-04T10:00:00.000Z",
                     *           "upBytes": 120000,
                     *           "downBytes": 48000000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description one of "minute", "hour", "day"
                         * @enum {string}
                         */
                        resolution: "minute" | "hour" | "day";
                        /**
                         * Format: date-time
                         * @description The beginning that was asked for
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The end that was asked for, not part of it any more
                         */
                        to: string;
                        /** @description In the order of time; periods without use are left out */
                        points: components["schemas"]["UsagePoint"][];
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuserStatement: {
        parameters: {
            query?: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
                /** @description one of "residential", "mobile" */
                product?: "residential" | "mobile";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": 81723,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "reason": "subuser.allocate",
                     *           "amount": -5000000000,
                     *           "balance": 95000000000,
                     *           "counterparty": {
                     *             "kind": "balance",
                     *             "name": "MYSTORE_anna",
                     *             "id": "subuser-4kq7m2ws9xbd3h6n"
                     *           },
                     *           "subscriptionId": null,
                     *           "cause": "key:key_4kq7m2ws9xbd3h6n"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Movement"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportSubuserStatement: {
        parameters: {
            query?: {
                /** @description one of "asc", "desc" */
                order?: "asc" | "desc";
                /** @description a reason such as subuser.allocate */
                reason?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description one of "residential", "mobile" */
                product?: "residential" | "mobile";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     * @example id,at,reason,amount,balance,counterparty,counterpartyId,counterpartyKind,subscriptionId,cause
                     *     81723,2026-05-04T10:00:00.000Z,subuser.allocate,-5000000000,95000000000,MYSTORE_anna,subuser-4kq7m2ws9xbd3h6n,balance,,key:key_4kq7m2ws9xbd3h6n
                     */
                    "text/csv": string;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPlans: {
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
                     *           "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *           "billingCycle": "MONTHLY",
                     *           "connections": 100,
                     *           "authentications": 2,
                     *           "grossCents": 8800,
                     *           "netCents": 7395,
                     *           "taxCents": 1405,
                     *           "taxBasisPoints": 1900
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Plan"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setPlanPrice: {
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
                 *       "billingCycle": "MONTHLY",
                 *       "connections": 100,
                 *       "authentications": 2,
                 *       "grossCents": 8800,
                 *       "taxBasisPoints": 1900
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "WEEKLY", "MONTHLY", "ANNUAL"
                     * @enum {string}
                     */
                    billingCycle: "WEEKLY" | "MONTHLY" | "ANNUAL";
                    /**
                     * @description one of 100, 200, 500, 1000, 2000
                     * @enum {integer}
                     */
                    connections: 100 | 200 | 500 | 1000 | 2000;
                    /** @description a whole number from 1 to 10 */
                    authentications: number;
                    /** @description a whole number of cents from 1 to 100000000 */
                    grossCents: number;
                    /** @description a whole number of hundredths of a percent from 0 to 10000 */
                    taxBasisPoints?: number;
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
                     *       "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *       "billingCycle": "MONTHLY",
                     *       "connections": 100,
                     *       "authentications": 2,
                     *       "grossCents": 8800,
                     *       "netCents": 7395,
                     *       "taxCents": 1405,
                     *       "taxBasisPoints": 1900
                     *     }
                     */
                    "application/json": components["schemas"]["Plan"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setTaxRate: {
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
                 *       "taxBasisPoints": 1900
                 *     }
                 */
                "application/json": {
                    /** @description a whole number of hundredths of a percent from 0 to 10000 */
                    taxBasisPoints: number;
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
                     *       "plans": 150
                     *     }
                     */
                    "application/json": {
                        /** @description How many plans there are */
                        plans: number;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description one of "ACTIVE", "SUSPENDED", "STOPPED", "TERMINATED" */
                status?: "ACTIVE" | "SUSPENDED" | "STOPPED" | "TERMINATED";
                /** @description the id of a reseller */
                resellerId?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "reseller": {
                     *             "id": "acc_4kq7m2ws9xbd3h6n",
                     *             "storeCode": "MYSTORE",
                     *             "email": "r@example.com"
                     *           },
                     *           "status": "ACTIVE",
                     *           "canceled": false,
                     *           "autoRenewal": true,
                     *           "periodStart": "2026-05-04T10:00:00.000Z",
                     *           "periodEnd": "2026-06-04T10:00:00.000Z",
                     *           "bytes": 48000000,
                     *           "requests": 310,
                     *           "plan": {
                     *             "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *             "billingCycle": "MONTHLY",
                     *             "connections": 100,
                     *             "authentications": 2,
                     *             "grossCents": 8800,
                     *             "netCents": 7395,
                     *             "taxCents": 1405,
                     *             "taxBasisPoints": 1900
                     *           },
                     *           "slots": [
                     *             {
                     *               "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *               "address": "203.0.113.7"
                     *             },
                     *             {
                     *               "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *               "address": null
                     *             }
                     *           ],
                     *           "createdAt": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Subscription"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    suspendSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunningOrSubscriptionState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunningOrSubscriptionState"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_018f3a7c2b4d0f9a2c4e6b8d
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
                     *       "id": "su_018f3a7c2b4d0f9a2c4e6b8d",
                     *       "reseller": {
                     *         "id": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": "MYSTORE",
                     *         "email": "r@example.com"
                     *       },
                     *       "status": "ACTIVE",
                     *       "canceled": false,
                     *       "autoRenewal": true,
                     *       "periodStart": "2026-05-04T10:00:00.000Z",
                     *       "periodEnd": "2026-06-04T10:00:00.000Z",
                     *       "bytes": 48000000,
                     *       "requests": 310,
                     *       "plan": {
                     *         "id": "pl_0f9a2c4e6b8d0f9a2c4e6b8d",
                     *         "billingCycle": "MONTHLY",
                     *         "connections": 100,
                     *         "authentications": 2,
                     *         "grossCents": 8800,
                     *         "netCents": 7395,
                     *         "taxCents": 1405,
                     *         "taxBasisPoints": 1900
                     *       },
                     *       "slots": [
                     *         {
                     *           "id": "sl_018f3a7c2b4d0f9a2c4e6b8d",
                     *           "address": "203.0.113.7"
                     *         },
                     *         {
                     *           "id": "sl_018f3a7c2b4d1a2b3c4d5e6f",
                     *           "address": null
                     *         }
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listVouchers: {
        parameters: {
            query?: {
                /** @description one of "usable", "used-up", "expired", "disabled" */
                state?: "usable" | "used-up" | "expired" | "disabled";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "vou_4kq7m2ws9xbd3h6n",
                     *           "amountCents": 1000,
                     *           "maxUses": 1,
                     *           "uses": 0,
                     *           "state": "usable",
                     *           "expiresAt": null,
                     *           "disabledAt": null,
                     *           "createdAt": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Voucher"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createVouchers: {
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
                 *       "amountCents": 1000,
                 *       "count": 2,
                 *       "maxUses": 1,
                 *       "expiresAt": "2027-01-31T12:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description a whole number of cents from 1 to 10^11 */
                    amountCents: number;
                    /** @description a whole number from 1 to 1000 */
                    count?: number;
                    /** @description a whole number from 1 to 1000000 */
                    maxUses?: number;
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "vouchers": [
                     *         {
                     *           "id": "vou_4kq7m2ws9xbd3h6n",
                     *           "code": "VFC-7KQ2-WMX4-TZ9R"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        vouchers: components["schemas"]["MadeVoucher"][];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getVoucher: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example vou_4kq7m2ws9xbd3h6n
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
                     *       "id": "vou_4kq7m2ws9xbd3h6n",
                     *       "amountCents": 1000,
                     *       "maxUses": 1,
                     *       "uses": 0,
                     *       "state": "usable",
                     *       "expiresAt": null,
                     *       "disabledAt": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Voucher"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["VoucherNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listVoucherUses: {
        parameters: {
            query?: {
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example vou_4kq7m2ws9xbd3h6n
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
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "accountId": "acc_4kq7m2ws9xbd3h6n",
                     *           "email": "r@example.com",
                     *           "amountCents": 1000,
                     *           "at": "2026-05-04T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["VoucherUse"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["VoucherNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableVoucher: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example vou_4kq7m2ws9xbd3h6n
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
                     *       "id": "vou_4kq7m2ws9xbd3h6n",
                     *       "amountCents": 1000,
                     *       "maxUses": 1,
                     *       "uses": 0,
                     *       "state": "usable",
                     *       "expiresAt": null,
                     *       "disabledAt": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Voucher"];
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["VoucherNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCreditEvents: {
        parameters: {
            query?: {
                /** @description a kind such as topup */
                kind?: string;
                /** @description a reference */
                externalRef?: string;
                /** @description true or false: only those that came again differently, or did not */
                mismatched?: "true" | "false";
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description the id of a reseller */
                resellerId?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ev_4kq7m2ws9xbd3h6n",
                     *           "seq": 1042,
                     *           "accountId": "acc_4kq7m2ws9xbd3h6n",
                     *           "email": "r@example.com",
                     *           "keyId": "key_4kq7m2ws9xbd3h6n",
                     *           "kind": "topup",
                     *           "amountCents": 2500,
                     *           "externalRef": "order-7731",
                     *           "meta": {
                     *             "customer": 17
                     *           },
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "mismatches": 0
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CreditEvent"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSettings: {
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
                     *           "name": "lowPoolDays",
                     *           "description": "A pool needs attention when it lasts fewer days than this at the present rate; 0: never",
                     *           "value": 7,
                     *           "defaultValue": 7,
                     *           "changedAt": null,
                     *           "minimum": 0,
                     *           "maximum": 365
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Setting"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSetting: {
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
                 *       "name": "lowPoolDays",
                 *       "value": 14
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "infiniteCreationFeeBytes", "lowPoolDays", "expiringDays"
                     * @enum {string}
                     */
                    name: "infiniteCreationFeeBytes" | "lowPoolDays" | "expiringDays";
                    /** @description a whole number within the bounds of the setting, or null */
                    value?: number | null;
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
                     *       "name": "lowPoolDays",
                     *       "description": "A pool needs attention when it lasts fewer days than this at the present rate; 0: never",
                     *       "value": 7,
                     *       "defaultValue": 7,
                     *       "changedAt": null,
                     *       "minimum": 0,
                     *       "maximum": 365
                     *     }
                     */
                    "application/json": components["schemas"]["Setting"];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExits: {
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
                     *           "id": "exit_4kq7m2ws9xbd3h6n",
                     *           "name": "berlin-1",
                     *           "kind": "socks5",
                     *           "products": [
                     *             "residential"
                     *           ],
                     *           "country": "de",
                     *           "state": null,
                     *           "city": "berlin",
                     *           "isp": null,
                     *           "weight": 10,
                     *           "enabled": true,
                     *           "maxTunnels": null,
                     *           "sourceAddresses": [],
                     *           "host": "upstream.example.com",
                     *           "port": 1080,
                     *           "username": "headgate",
                     *           "hasPassword": true,
                     *           "usernameTemplate": "{username}[-session-{session}]",
                     *           "passwordTemplate": null,
                     *           "resolve": "local",
                     *           "checkTarget": "example.com:443",
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "seenBy": [
                     *             {
                     *               "gateway": "local",
                     *               "isHealthy": true,
                     *               "tunnels": 12,
                     *               "failures": 0,
                     *               "at": "2026-06-01T10:00:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Exit"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExit: {
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
                 *       "name": "berlin-1",
                 *       "kind": "socks5",
                 *       "host": "upstream.example.com",
                 *       "port": 1080,
                 *       "country": "de"
                 *     }
                 */
                "application/json": {
                    /** @description letters, digits, dots, underscores, hyphens */
                    name: string;
                    /**
                     * @description one of "direct", "http", "socks5"
                     * @enum {string}
                     */
                    kind: "direct" | "http" | "socks5";
                    /** @description a list of residential, mobile, subscription, or null */
                    products?: ("residential" | "mobile" | "subscription")[] | null;
                    /** @description a text of at most 64 characters, or null */
                    country?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    state?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    city?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    isp?: string | null;
                    /** @description a whole number from 1 to 1000, or null */
                    weight?: number | null;
                    /** @description true or false */
                    enabled?: boolean;
                    /** @description a whole number from 1 to 1000000, or null */
                    maxTunnels?: number | null;
                    /** @description a list of addresses of the gateways, or null */
                    sourceAddresses?: string[] | null;
                    /** @description a name or an address, or null */
                    host?: string | null;
                    /** @description a whole number from 1 to 65535, or null */
                    port?: number | null;
                    /** @description a text of at most 128 characters, or null */
                    username?: string | null;
                    /** @description a text of at most 128 characters, or null */
                    password?: string | null;
                    /** @description a template of at most 200 characters, or null */
                    usernameTemplate?: string | null;
                    /** @description a template of at most 200 characters, or null */
                    passwordTemplate?: string | null;
                    /** @description one of "local", "remote", "address", or null */
                    resolve?: ("local" | "remote" | "address") | null;
                    /** @description host:port, or null */
                    checkTarget?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exit_4kq7m2ws9xbd3h6n",
                     *       "name": "berlin-1",
                     *       "kind": "socks5",
                     *       "products": [
                     *         "residential"
                     *       ],
                     *       "country": "de",
                     *       "state": null,
                     *       "city": "berlin",
                     *       "isp": null,
                     *       "weight": 10,
                     *       "enabled": true,
                     *       "maxTunnels": null,
                     *       "sourceAddresses": [],
                     *       "host": "upstream.example.com",
                     *       "port": 1080,
                     *       "username": "headgate",
                     *       "hasPassword": true,
                     *       "usernameTemplate": "{username}[-session-{session}]",
                     *       "passwordTemplate": null,
                     *       "resolve": "local",
                     *       "checkTarget": "example.com:443",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "seenBy": [
                     *         {
                     *           "gateway": "local",
                     *           "isHealthy": true,
                     *           "tunnels": 12,
                     *           "failures": 0,
                     *           "at": "2026-06-01T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * @description From the gateway’s own machine, or through a proxy of that protocol
                         * @enum {string}
                         */
                        kind: "direct" | "http" | "socks5";
                        products: ("residential" | "mobile" | "subscription")[];
                        /** @description Where it is */
                        country: string | null;
                        /** @description Where it is */
                        state: string | null;
                        /** @description Where it is */
                        city: string | null;
                        /** @description Whose network it is in */
                        isp: string | null;
                        /** @description Its part of the sum of all that fit */
                        weight: number;
                        enabled: boolean;
                        /** @description On each gateway process */
                        maxTunnels: number | null;
                        /** @description Of a direct one: what it connects from */
                        sourceAddresses: string[];
                        /** @description Of an upstream */
                        host: string | null;
                        /** @description Of an upstream */
                        port: number | null;
                        /** @description Of an upstream */
                        username: string | null;
                        /** @description Whether a password is stored; it is never shown */
                        hasPassword: boolean;
                        /** @description How parameters are spelt to the upstream */
                        usernameTemplate: string | null;
                        /** @description The same, in the password */
                        passwordTemplate: string | null;
                        /**
                         * @description Whether names that cannot be looked up here are refused, or the upstream’s to look up; or it is given addresses only
                         * @enum {string|null}
                         */
                        resolve: "local" | "remote" | "address" | null;
                        /** @description What health checks connect to through it */
                        checkTarget: string | null;
                        /**
                         * Format: date-time
                         * @description When it was set up
                         */
                        createdAt: string;
                        /** @description How it does at each gateway process that was heard of in the last 15 seconds */
                        seenBy: components["schemas"]["ExitSighting"][];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "exit_name_taken" | "limit_reached";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the exit’s name
                 * @example berlin-1
                 */
                name: string;
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
                     *       "id": "exit_4kq7m2ws9xbd3h6n",
                     *       "name": "berlin-1",
                     *       "kind": "socks5",
                     *       "products": [
                     *         "residential"
                     *       ],
                     *       "country": "de",
                     *       "state": null,
                     *       "city": "berlin",
                     *       "isp": null,
                     *       "weight": 10,
                     *       "enabled": true,
                     *       "maxTunnels": null,
                     *       "sourceAddresses": [],
                     *       "host": "upstream.example.com",
                     *       "port": 1080,
                     *       "username": "headgate",
                     *       "hasPassword": true,
                     *       "usernameTemplate": "{username}[-session-{session}]",
                     *       "passwordTemplate": null,
                     *       "resolve": "local",
                     *       "checkTarget": "example.com:443",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "seenBy": [
                     *         {
                     *           "gateway": "local",
                     *           "isHealthy": true,
                     *           "tunnels": 12,
                     *           "failures": 0,
                     *           "at": "2026-06-01T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * @description From the gateway’s own machine, or through a proxy of that protocol
                         * @enum {string}
                         */
                        kind: "direct" | "http" | "socks5";
                        products: ("residential" | "mobile" | "subscription")[];
                        /** @description Where it is */
                        country: string | null;
                        /** @description Where it is */
                        state: string | null;
                        /** @description Where it is */
                        city: string | null;
                        /** @description Whose network it is in */
                        isp: string | null;
                        /** @description Its part of the sum of all that fit */
                        weight: number;
                        enabled: boolean;
                        /** @description On each gateway process */
                        maxTunnels: number | null;
                        /** @description Of a direct one: what it connects from */
                        sourceAddresses: string[];
                        /** @description Of an upstream */
                        host: string | null;
                        /** @description Of an upstream */
                        port: number | null;
                        /** @description Of an upstream */
                        username: string | null;
                        /** @description Whether a password is stored; it is never shown */
                        hasPassword: boolean;
                        /** @description How parameters are spelt to the upstream */
                        usernameTemplate: string | null;
                        /** @description The same, in the password */
                        passwordTemplate: string | null;
                        /**
                         * @description Whether names that cannot be looked up here are refused, or the upstream’s to look up; or it is given addresses only
                         * @enum {string|null}
                         */
                        resolve: "local" | "remote" | "address" | null;
                        /** @description What health checks connect to through it */
                        checkTarget: string | null;
                        /**
                         * Format: date-time
                         * @description When it was set up
                         */
                        createdAt: string;
                        /** @description How it does at each gateway process that was heard of in the last 15 seconds */
                        seenBy: components["schemas"]["ExitSighting"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ExitNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeExit: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description the exit’s name
                 * @example berlin-1
                 */
                name: string;
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
                     *       "id": "exit_4kq7m2ws9xbd3h6n",
                     *       "name": "berlin-1"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ExitNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateExit: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description the exit’s name
                 * @example berlin-1
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "weight": 20
                 *     }
                 */
                "application/json": {
                    /** @description letters, digits, dots, underscores, hyphens */
                    name?: string;
                    /** @description a list of residential, mobile, subscription, or null */
                    products?: ("residential" | "mobile" | "subscription")[] | null;
                    /** @description a text of at most 64 characters, or null */
                    country?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    state?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    city?: string | null;
                    /** @description a text of at most 64 characters, or null */
                    isp?: string | null;
                    /** @description a whole number from 1 to 1000, or null */
                    weight?: number | null;
                    /** @description true or false */
                    enabled?: boolean;
                    /** @description a whole number from 1 to 1000000, or null */
                    maxTunnels?: number | null;
                    /** @description a list of addresses of the gateways, or null */
                    sourceAddresses?: string[] | null;
                    /** @description a name or an address, or null */
                    host?: string | null;
                    /** @description a whole number from 1 to 65535, or null */
                    port?: number | null;
                    /** @description a text of at most 128 characters, or null */
                    username?: string | null;
                    /** @description a text of at most 128 characters, or null */
                    password?: string | null;
                    /** @description a template of at most 200 characters, or null */
                    usernameTemplate?: string | null;
                    /** @description a template of at most 200 characters, or null */
                    passwordTemplate?: string | null;
                    /** @description one of "local", "remote", "address", or null */
                    resolve?: ("local" | "remote" | "address") | null;
                    /** @description host:port, or null */
                    checkTarget?: string | null;
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
                     *       "id": "exit_4kq7m2ws9xbd3h6n",
                     *       "name": "berlin-1",
                     *       "kind": "socks5",
                     *       "products": [
                     *         "residential"
                     *       ],
                     *       "country": "de",
                     *       "state": null,
                     *       "city": "berlin",
                     *       "isp": null,
                     *       "weight": 10,
                     *       "enabled": true,
                     *       "maxTunnels": null,
                     *       "sourceAddresses": [],
                     *       "host": "upstream.example.com",
                     *       "port": 1080,
                     *       "username": "headgate",
                     *       "hasPassword": true,
                     *       "usernameTemplate": "{username}[-session-{session}]",
                     *       "passwordTemplate": null,
                     *       "resolve": "local",
                     *       "checkTarget": "example.com:443",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "seenBy": [
                     *         {
                     *           "gateway": "local",
                     *           "isHealthy": true,
                     *           "tunnels": 12,
                     *           "failures": 0,
                     *           "at": "2026-06-01T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * @description From the gateway’s own machine, or through a proxy of that protocol
                         * @enum {string}
                         */
                        kind: "direct" | "http" | "socks5";
                        products: ("residential" | "mobile" | "subscription")[];
                        /** @description Where it is */
                        country: string | null;
                        /** @description Where it is */
                        state: string | null;
                        /** @description Where it is */
                        city: string | null;
                        /** @description Whose network it is in */
                        isp: string | null;
                        /** @description Its part of the sum of all that fit */
                        weight: number;
                        enabled: boolean;
                        /** @description On each gateway process */
                        maxTunnels: number | null;
                        /** @description Of a direct one: what it connects from */
                        sourceAddresses: string[];
                        /** @description Of an upstream */
                        host: string | null;
                        /** @description Of an upstream */
                        port: number | null;
                        /** @description Of an upstream */
                        username: string | null;
                        /** @description Whether a password is stored; it is never shown */
                        hasPassword: boolean;
                        /** @description How parameters are spelt to the upstream */
                        usernameTemplate: string | null;
                        /** @description The same, in the password */
                        passwordTemplate: string | null;
                        /**
                         * @description Whether names that cannot be looked up here are refused, or the upstream’s to look up; or it is given addresses only
                         * @enum {string|null}
                         */
                        resolve: "local" | "remote" | "address" | null;
                        /** @description What health checks connect to through it */
                        checkTarget: string | null;
                        /**
                         * Format: date-time
                         * @description When it was set up
                         */
                        createdAt: string;
                        /** @description How it does at each gateway process that was heard of in the last 15 seconds */
                        seenBy: components["schemas"]["ExitSighting"][];
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
                        code: "invalid_field" | "malformed_body" | "missing_fields";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ExitNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "exit_name_taken";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNodes: {
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
                     *           "id": "node_4kq7m2ws9xbd3h6n",
                     *           "name": "gw1",
                     *           "hint": "hg_node_k3m9",
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "expiresAt": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-06-01T10:00:00.000Z",
                     *           "lastUsedFrom": "203.0.113.7",
                     *           "sessions": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Node"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createNode: {
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
                 *       "name": "gw1"
                 *     }
                 */
                "application/json": {
                    /** @description letters, digits, dots, underscores, hyphens */
                    name: string;
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "node_4kq7m2ws9xbd3h6n",
                     *       "name": "gw1",
                     *       "hint": "hg_node_k3m9",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": "2026-06-01T10:00:00.000Z",
                     *       "lastUsedFrom": "203.0.113.7",
                     *       "sessions": 1,
                     *       "secret": "hg_node_k3m9q2w7x4b8n6v5k3m9q2w7x4b8n6v5k3m9q2w7x4b8"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The first characters of its newest token */
                        hint: string;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends by itself
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was revoked
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was last heard of
                         */
                        lastUsedAt: string | null;
                        /** @description From which address */
                        lastUsedFrom: string | null;
                        /** @description Gateway sessions that are open */
                        sessions: number;
                        /** @description The token. Shown now and never again */
                        secret: string;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "node_name_taken" | "limit_reached";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id, or a name
                 * @example node_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @description a whole number of seconds, at most 30 days (absent: one day) */
                    overlapSeconds?: number;
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
                     *       "id": "node_4kq7m2ws9xbd3h6n",
                     *       "name": "gw1",
                     *       "hint": "hg_node_k3m9",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": "2026-06-01T10:00:00.000Z",
                     *       "lastUsedFrom": "203.0.113.7",
                     *       "sessions": 1,
                     *       "secret": "hg_node_k3m9q2w7x4b8n6v5k3m9q2w7x4b8n6v5k3m9q2w7x4b8"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The first characters of its newest token */
                        hint: string;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends by itself
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was revoked
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was last heard of
                         */
                        lastUsedAt: string | null;
                        /** @description From which address */
                        lastUsedFrom: string | null;
                        /** @description Gateway sessions that are open */
                        sessions: number;
                        /** @description The token. Shown now and never again */
                        secret: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["NodeNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeNode: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id, or a name
                 * @example node_4kq7m2ws9xbd3h6n
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
                     *       "id": "node_4kq7m2ws9xbd3h6n",
                     *       "name": "gw1",
                     *       "hint": "hg_node_k3m9",
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": "2026-06-02T10:00:00.000Z",
                     *       "lastUsedAt": "2026-06-01T10:00:00.000Z",
                     *       "lastUsedFrom": "203.0.113.7",
                     *       "sessions": 1
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The first characters of its newest token */
                        hint: string;
                        /**
                         * Format: date-time
                         * @description When it was made
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends by itself
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was revoked
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was last heard of
                         */
                        lastUsedAt: string | null;
                        /** @description From which address */
                        lastUsedFrom: string | null;
                        /** @description Gateway sessions that are open */
                        sessions: number;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["NodeNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTunnels: {
        parameters: {
            query?: {
                /** @description a username, or an id */
                subuser?: string;
                /** @description an id */
                subscription?: string;
                /** @description a destination, as clients write it */
                host?: string;
                /** @description a store code, an id or an email address */
                reseller?: string;
                /** @description a whole number from 1 to 10000 */
                limit?: string;
            };
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
                     *       "total": 1,
                     *       "tunnels": [
                     *         {
                     *           "tunnelId": "t_k3m9q2w7x4b8n6v5",
                     *           "username": "MYSTORE_anna",
                     *           "subscription": null,
                     *           "storeCode": "MYSTORE",
                     *           "protocol": "connect",
                     *           "host": "example.com",
                     *           "port": 443,
                     *           "clientAddress": "203.0.113.7",
                     *           "upBytes": 5120,
                     *           "downBytes": 1048576,
                     *           "since": "2026-06-01T10:00:00.000Z",
                     *           "gateway": "local"
                     *         }
                     *       ],
                     *       "silentGateways": []
                     *     }
                     */
                    "application/json": {
                        /** @description All that are meant, though fewer are listed */
                        total: number;
                        tunnels: components["schemas"]["Tunnel"][];
                        /** @description Gateways that did not answer */
                        silentGateways: string[];
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
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
                        code: "subuser_not_found" | "subscription_not_found" | "account_not_found";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cutTunnels: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subuser": "MYSTORE_anna"
                 *     }
                 */
                "application/json": {
                    /** @description a username, or an id */
                    subuser?: string;
                    /** @description an id */
                    subscription?: string;
                    /** @description a destination, as clients write it */
                    host?: string;
                    /** @description the id of a tunnel */
                    tunnelId?: string;
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
                     *       "cut": 3,
                     *       "silentGateways": []
                     *     }
                     */
                    "application/json": {
                        cut: number;
                        /** @description Gateways that did not answer */
                        silentGateways: string[];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
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
                        code: "subuser_not_found" | "subscription_not_found";
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
    getInstallationLimits: {
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
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setInstallationLimits: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "deny": [
                 *         "*:25"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    allow?: string[];
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    deny?: string[];
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
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getResellerLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description a store code or an email address
                 * @example MYSTORE
                 */
                reseller: string;
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
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setResellerLimits: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description a store code or an email address
                 * @example MYSTORE
                 */
                reseller: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "deny": [
                 *         "*:25"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    allow?: string[];
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    deny?: string[];
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
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubuserLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id, or a username
                 * @example subuser-4kq7m2ws9xbd3h6n
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
                     *       "maxTunnels": 100,
                     *       "tunnelsPerSecond": 50,
                     *       "bytesPerSecond": 12500000,
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description At once, over all gateways; null: no limit */
                        maxTunnels: number | null;
                        /** @description New ones; null: no limit */
                        tunnelsPerSecond: number | null;
                        /** @description Both directions together; null: no limit */
                        bytesPerSecond: number | null;
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setSubuserLimits: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id, or a username
                 * @example subuser-4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "maxTunnels": 100
                 *     }
                 */
                "application/json": {
                    /** @description a whole number from 1 to 1000000, or null for no limit */
                    maxTunnels?: number | null;
                    /** @description a whole number from 1 to 1000000, or null for no limit */
                    tunnelsPerSecond?: number | null;
                    /** @description a whole number from 8000 to 1000000000000, or null for no limit */
                    bytesPerSecond?: number | null;
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    allow?: string[];
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    deny?: string[];
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
                     *       "maxTunnels": 100,
                     *       "tunnelsPerSecond": 50,
                     *       "bytesPerSecond": 12500000,
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description At once, over all gateways; null: no limit */
                        maxTunnels: number | null;
                        /** @description New ones; null: no limit */
                        tunnelsPerSecond: number | null;
                        /** @description Both directions together; null: no limit */
                        bytesPerSecond: number | null;
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["SubuserNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscriptionLimits: {
        parameters: {
            query: {
                /** @description a store code, an id or an email address */
                reseller: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example su_66f0a1b2c3d4e5f60718293a
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
                     *       "tunnelsPerSecond": 50,
                     *       "bytesPerSecond": 12500000,
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description New ones; null: no limit */
                        tunnelsPerSecond: number | null;
                        /** @description Both directions together; null: no limit */
                        bytesPerSecond: number | null;
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFoundOrSubscriptionNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setSubscriptionLimits: {
        parameters: {
            query: {
                /** @description a store code, an id or an email address */
                reseller: string;
            };
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example su_66f0a1b2c3d4e5f60718293a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "bytesPerSecond": 12500000
                 *     }
                 */
                "application/json": {
                    /** @description a whole number from 1 to 1000000, or null for no limit */
                    tunnelsPerSecond?: number | null;
                    /** @description a whole number from 8000 to 1000000000000, or null for no limit */
                    bytesPerSecond?: number | null;
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    allow?: string[];
                    /** @description a list of destination rules such as example.com:443; empty for none */
                    deny?: string[];
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
                     *       "tunnelsPerSecond": 50,
                     *       "bytesPerSecond": 12500000,
                     *       "allow": [],
                     *       "deny": [
                     *         "*:25"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description New ones; null: no limit */
                        tunnelsPerSecond: number | null;
                        /** @description Both directions together; null: no limit */
                        bytesPerSecond: number | null;
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        allow: string[];
                        /** @description Such as example.com:443, *.example.com or 203.0.113.0/24 */
                        deny: string[];
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFoundOrSubscriptionNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listGateways: {
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
                     *           "id": "17",
                     *           "name": "gw1",
                     *           "openedAt": "2026-05-04T10:00:00.000Z",
                     *           "heartbeatAt": "2026-05-04T10:00:00.000Z",
                     *           "alive": true,
                     *           "leases": 41,
                     *           "heldBytes": 655000000,
                     *           "seats": 120
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Gateway"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJobs: {
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
                     *           "name": "expire-subscriptions",
                     *           "everyMs": 1000,
                     *           "startedAt": "2026-05-04T10:00:00.000Z",
                     *           "finishedAt": "2026-05-04T10:00:00.000Z",
                     *           "succeededAt": "2026-05-04T10:00:00.000Z",
                     *           "failedAt": null,
                     *           "failure": null,
                     *           "failuresInARow": 0,
                     *           "isLate": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["JobState"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description a text of 1 to 100 characters */
                search?: string;
                /** @description an email address or store code of an account */
                account?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "prs_4kq7m2ws9xbd3h6n",
                     *           "email": "ann@example.com",
                     *           "name": "Ann",
                     *           "role": "manager",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": null,
                     *           "state": "active",
                     *           "hasSecondFactor": true,
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *           "lastSignInFrom": "198.51.100.7"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Person"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    invitePerson: {
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
                 *       "email": "ann@example.com",
                 *       "name": "Ann",
                 *       "role": "manager"
                 *     }
                 */
                "application/json": {
                    /** @description an email address of at most 254 characters */
                    email: string;
                    /** @description a text of 1 to 100 characters on one line */
                    name: string;
                    /**
                     * @description one of "owner", "manager", "viewer", "reseller"
                     * @enum {string}
                     */
                    role: "owner" | "manager" | "viewer" | "reseller";
                    /** @description the store code or email address of a reseller, for a person of its */
                    reseller?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "invited",
                     *         "hasSecondFactor": false,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": null,
                     *         "lastSignInFrom": null
                     *       },
                     *       "token": "vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "path": "/invitation#vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "expiresAt": "2026-05-07T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                        /** @description For `POST /api/session/invitation`. Shown once */
                        token: string;
                        /** @description Of the link on the console’s address, with the token */
                        path: string;
                        /**
                         * Format: date-time
                         * @description When the link stops working
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
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["AccountNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "email_taken" | "limit_reached";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "viewer"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description one of "owner", "manager", "viewer", "reseller"
                     * @enum {string}
                     */
                    role: "owner" | "manager" | "viewer" | "reseller";
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
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
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disablePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    enablePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unlockPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "active",
                     *         "hasSecondFactor": true,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": "2026-05-05T08:15:00.000Z",
                     *         "lastSignInFrom": "198.51.100.7"
                     *       }
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    renewInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a person
                 * @example prs_4kq7m2ws9xbd3h6n
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
                     *       "person": {
                     *         "id": "prs_4kq7m2ws9xbd3h6n",
                     *         "email": "ann@example.com",
                     *         "name": "Ann",
                     *         "role": "manager",
                     *         "account": "acc_4kq7m2ws9xbd3h6n",
                     *         "storeCode": null,
                     *         "state": "invited",
                     *         "hasSecondFactor": false,
                     *         "createdAt": "2026-05-04T10:00:00.000Z",
                     *         "lastSignInAt": null,
                     *         "lastSignInFrom": null
                     *       },
                     *       "token": "vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "path": "/invitation#vK8rT2mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPzSd",
                     *       "expiresAt": "2026-05-07T10:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        person: components["schemas"]["Person"];
                        /** @description For `POST /api/session/invitation`. Shown once */
                        token: string;
                        /** @description Of the link on the console’s address, with the token */
                        path: string;
                        /**
                         * Format: date-time
                         * @description When the link stops working
                         */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["PersonNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReconciliations: {
        parameters: {
            query?: {
                /** @description the id of a reseller */
                resellerId?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "rec_4kq7m2ws9xbd3h6n",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "source": "upload",
                     *           "from": "2026-05-01T00:00:00.000Z",
                     *           "to": "2026-06-01T00:00:00.000Z",
                     *           "graceSeconds": 3600,
                     *           "toleranceCents": 0,
                     *           "status": "done",
                     *           "error": null,
                     *           "createdAt": "2026-06-02T08:00:00.000Z",
                     *           "finishedAt": "2026-06-02T08:00:09.000Z",
                     *           "percent": 100,
                     *           "theirLines": 10400,
                     *           "unreadableLines": 0,
                     *           "ourEvents": 10399,
                     *           "matched": 10398,
                     *           "missingHere": 2,
                     *           "missingThere": 0,
                     *           "amountDiffers": 1,
                     *           "kindDiffers": 0,
                     *           "doubled": 0,
                     *           "lagging": 0
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Reconciliation"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    beginReconciliation: {
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
                 *       "reseller": "MYSTORE",
                 *       "from": "2026-05-01T00:00:00Z",
                 *       "to": "2026-06-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description a store code, an id or an email address */
                    reseller: string;
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    from: string;
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDifferences: {
        parameters: {
            query?: {
                /** @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled" */
                sort?: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "sort": "amount_differs",
                     *           "externalRef": "txn_abc123",
                     *           "ours": {
                     *             "eventId": "ev_4kq7m2ws9xbd3h6n",
                     *             "kind": "topup",
                     *             "cents": 2500,
                     *             "at": "2026-05-04T10:00:00.000Z"
                     *           },
                     *           "theirs": {
                     *             "line": 17,
                     *             "kind": "topup",
                     *             "cents": 2600,
                     *             "at": "2026-05-04T09:59:58.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Difference"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportDifferences: {
        parameters: {
            query?: {
                /** @description one of "missing_here", "missing_there", "amount_differs", "kind_differs", "doubled" */
                sort?: "missing_here" | "missing_there" | "amount_differs" | "kind_differs" | "doubled";
            };
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     * @example sort,externalRef,eventId,ourKind,ourCents,ourAt,line,theirKind,theirCents,theirAt
                     *     amount_differs,txn_abc123,ev_4kq7m2ws9xbd3h6n,topup,2500,2026-05-04T10:00:00.000Z,17,topup,2600,2026-05-04T09:59:58.000Z
                     */
                    "text/csv": string;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReconciliationTotals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "data": [
                     *         {
                     *           "day": "2026-05-04",
                     *           "kind": "topup",
                     *           "ourCount": 12,
                     *           "ourCents": 30000,
                     *           "theirCount": 12,
                     *           "theirCents": 30100
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ReconciliationTotal"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUnreadableLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
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
                     *       "data": [
                     *         {
                     *           "line": 17,
                     *           "why": "external_ref must be 1 to 255 printable characters"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UnreadableLine"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description one of "open", "resolved" */
                status?: "open" | "resolved";
                /** @description the id of a reseller */
                resellerId?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "rev_4kq7m2ws9xbd3h6n",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "email": "r@example.com",
                     *           "openedAt": "2026-06-02T08:00:09.000Z",
                     *           "resolvedAt": null,
                     *           "resolvedBy": null,
                     *           "note": null,
                     *           "causes": [
                     *             {
                     *               "at": "2026-06-02T08:00:09.000Z",
                     *               "subject": "reconciliation:rec_4kq7m2ws9xbd3h6n",
                     *               "text": "missing here: 2, amount differs: 1"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Review"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rev_4kq7m2ws9xbd3h6n
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
                     *       "id": "rev_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "email": "r@example.com",
                     *       "openedAt": "2026-06-02T08:00:09.000Z",
                     *       "resolvedAt": null,
                     *       "resolvedBy": null,
                     *       "note": null,
                     *       "causes": [
                     *         {
                     *           "at": "2026-06-02T08:00:09.000Z",
                     *           "subject": "reconciliation:rec_4kq7m2ws9xbd3h6n",
                     *           "text": "missing here: 2, amount differs: 1"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Who is looked at */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        email: string;
                        /**
                         * Format: date-time
                         * @description When it was opened
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When it was closed
                         */
                        resolvedAt: string | null;
                        /** @description By whom */
                        resolvedBy: string | null;
                        /** @description What was found */
                        note: string | null;
                        /** @description Oldest first; at most a hundred */
                        causes: components["schemas"]["ReviewCause"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReviewNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resolveReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description an id
                 * @example rev_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "Two late reports; sent again today."
                 *     }
                 */
                "application/json": {
                    /** @description a text of 1 to 2000 characters */
                    note: string;
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
                     *       "id": "rev_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "email": "r@example.com",
                     *       "openedAt": "2026-06-02T08:00:09.000Z",
                     *       "resolvedAt": null,
                     *       "resolvedBy": null,
                     *       "note": null,
                     *       "causes": [
                     *         {
                     *           "at": "2026-06-02T08:00:09.000Z",
                     *           "subject": "reconciliation:rec_4kq7m2ws9xbd3h6n",
                     *           "text": "missing here: 2, amount differs: 1"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Who is looked at */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        email: string;
                        /**
                         * Format: date-time
                         * @description When it was opened
                         */
                        openedAt: string;
                        /**
                         * Format: date-time
                         * @description When it was closed
                         */
                        resolvedAt: string | null;
                        /** @description By whom */
                        resolvedBy: string | null;
                        /** @description What was found */
                        note: string | null;
                        /** @description Oldest first; at most a hundred */
                        causes: components["schemas"]["ReviewCause"][];
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReviewNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "idempotency_running" | "review_resolved";
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
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLedgerSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description a store code, an id or an email address
                 * @example MYSTORE
                 */
                reseller: string;
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
                     *       "source": {
                     *         "url": "https://panel.example.com/ledger.csv",
                     *         "everyHours": 24,
                     *         "enabled": true,
                     *         "fetchedTo": "2026-06-01T00:00:00.000Z",
                     *         "nextAt": "2026-06-02T00:00:00.000Z",
                     *         "lastError": null,
                     *         "createdAt": "2026-05-04T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Null: it is not fetched */
                        source: components["schemas"]["LedgerSource"] | null;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setLedgerSource: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description a store code, an id or an email address
                 * @example MYSTORE
                 */
                reseller: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://panel.example.com/ledger.csv",
                 *       "everyHours": 24
                 *     }
                 */
                "application/json": {
                    /** @description an https:// URL of at most 2000 characters */
                    url: string;
                    /** @description a whole number from 1 to 8784 */
                    everyHours: number;
                    /** @description true or false */
                    enabled?: boolean;
                    /** @description true to replace the secret */
                    newSecret?: boolean;
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
                     *       "url": "https://panel.example.com/ledger.csv",
                     *       "everyHours": 24,
                     *       "enabled": true,
                     *       "fetchedTo": "2026-06-01T00:00:00.000Z",
                     *       "nextAt": "2026-06-02T00:00:00.000Z",
                     *       "lastError": null,
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
                     *     }
                     */
                    "application/json": {
                        url: string;
                        everyHours: number;
                        enabled: boolean;
                        /**
                         * Format: date-time
                         * @description The end of the last period that was fetched
                         */
                        fetchedTo: string;
                        /**
                         * Format: date-time
                         * @description When it is fetched next
                         */
                        nextAt: string;
                        /** @description Why it could not be fetched last */
                        lastError: string | null;
                        /**
                         * Format: date-time
                         * @description When it was set
                         */
                        createdAt: string;
                        /** @description Signs the requests. Shown when it is made and never again */
                        secret: string | null;
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
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeLedgerSource: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description a store code, an id or an email address
                 * @example MYSTORE
                 */
                reseller: string;
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
                     *       "removed": true
                     *     }
                     */
                    "application/json": {
                        removed: boolean;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReconciliationSettings: {
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
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "reviewFrom": 1
                     *     }
                     */
                    "application/json": {
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /** @description This many differences open a review */
                        reviewFrom: number;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeReconciliationSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "graceSeconds": 7200
                 *     }
                 */
                "application/json": {
                    /** @description a whole number from 0 to 2592000 */
                    graceSeconds?: number;
                    /** @description a whole number from 0 to 1000000 */
                    toleranceCents?: number;
                    /** @description a whole number from 1 to 1000000 */
                    reviewFrom?: number;
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
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "reviewFrom": 1
                     *     }
                     */
                    "application/json": {
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /** @description This many differences open a review */
                        reviewFrom: number;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description an actor such as key:key_…, or a person’s email address */
                actor?: string;
                /** @description an action, or a kind of them that ends with a dot, such as subuser. */
                action?: string;
                /** @description a subject, or a kind of them that ends with a colon, such as key: */
                subject?: string;
                /** @description a way in, such as console */
                door?: string;
                /** @description an IP address */
                address?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a text of 1 to 200 characters */
                text?: string;
                /** @description an email address or store code of an account */
                account?: string;
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": 1042,
                     *           "at": "2026-05-04T10:00:00.000Z",
                     *           "actor": "person:prs_4kq7m2ws9xbd3h6n",
                     *           "actorEmail": "owner@example.com",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "door": "console",
                     *           "address": "198.51.100.7",
                     *           "action": "credits.freeze",
                     *           "subject": "account:acc_7kq2m4ws9xbd3h6n",
                     *           "details": {
                     *             "before": {
                     *               "frozen": false
                     *             },
                     *             "after": {
                     *               "frozen": true
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportAuditCsv: {
        parameters: {
            query?: {
                /** @description an actor such as key:key_…, or a person’s email address */
                actor?: string;
                /** @description an action, or a kind of them that ends with a dot, such as subuser. */
                action?: string;
                /** @description a subject, or a kind of them that ends with a colon, such as key: */
                subject?: string;
                /** @description a way in, such as console */
                door?: string;
                /** @description an IP address */
                address?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a text of 1 to 200 characters */
                text?: string;
                /** @description an email address or store code of an account */
                account?: string;
            };
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
                     * @example id,at,actor,actorEmail,account,door,address,action,subject,details
                     *     1042,2026-05-04T10:00:00.000Z,person:prs_4kq7m2ws9xbd3h6n,owner@example.com,…
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["InvalidField"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportAuditLines: {
        parameters: {
            query?: {
                /** @description an actor such as key:key_…, or a person’s email address */
                actor?: string;
                /** @description an action, or a kind of them that ends with a dot, such as subuser. */
                action?: string;
                /** @description a subject, or a kind of them that ends with a colon, such as key: */
                subject?: string;
                /** @description a way in, such as console */
                door?: string;
                /** @description an IP address */
                address?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                from?: string;
                /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                to?: string;
                /** @description a text of 1 to 200 characters */
                text?: string;
                /** @description an email address or store code of an account */
                account?: string;
            };
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
                    /** @example {"id":1042,"at":"2026-05-04T10:00:00.000Z","actor":"person:prs_4kq7m2ws9xbd3h6n","actorEmail":"owner@example.com","account":"acc_4kq7m2ws9xbd3h6n","door":"console","address":"198.51.100.7","action":"credits.freeze","subject":"account:acc_7kq2m4ws9xbd3h6n","details":{"before":{"frozen":false},"after":{"frozen":true}}} */
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["InvalidField"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description an email address or store code of an account */
                account?: string;
                /** @description one of "valid", "expired", "revoked" */
                state?: "valid" | "expired" | "revoked";
                /** @description a whole number from 1 to 1000 */
                limit?: string;
                /** @description one that this list has answered, in the same order */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The address of the next page, with rel="next" */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "key_4kq7m2ws9xbd3h6n",
                     *           "name": "panel",
                     *           "owner": "r@example.com",
                     *           "hint": "hg_live_8rT2",
                     *           "scopes": [
                     *             "reseller:read",
                     *             "reseller:write"
                     *           ],
                     *           "createdAt": "2026-05-04T10:00:00.000Z",
                     *           "expiresAt": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-05-05T08:15:00.000Z",
                     *           "lastUsedFrom": "198.51.100.7",
                     *           "account": "acc_4kq7m2ws9xbd3h6n",
                     *           "storeCode": "MYSTORE",
                     *           "rotatedFrom": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Key"][];
                        /** @description For `cursor`, to get the next page; null on the last */
                        nextCursor: string | null;
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
                        code: "invalid_field";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["AccountNotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    mintKey: {
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
                 *       "owner": "MYSTORE",
                 *       "name": "panel",
                 *       "scopes": [
                 *         "reseller:read",
                 *         "reseller:write"
                 *       ],
                 *       "expiresAt": "2027-01-31T12:00:00Z"
                 *     }
                 */
                "application/json": {
                    /** @description an email address or store code of an account */
                    owner: string;
                    /** @description a text of 1 to 100 characters on one line */
                    name: string;
                    /** @description a list of at least one of reseller:read, reseller:write, reseller:signup, reseller:credit, admin:read, admin:write, user:read, user:write */
                    scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                    /** @description a time like 2027-01-31T12:00:00Z, in UTC */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_4kq7m2ws9xbd3h6n",
                     *       "name": "panel",
                     *       "owner": "r@example.com",
                     *       "hint": "hg_live_8rT2",
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "lastUsedFrom": null,
                     *       "secret": "hg_live_8rT2vKq7mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPz"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The email address of the account that the key speaks for */
                        owner: string;
                        /** @description The first characters of the secret */
                        hint: string;
                        scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                        /**
                         * Format: date-time
                         * @description When the key was minted
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends; null: never
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was ended
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description To about a minute; null: never
                         */
                        lastUsedAt: string | null;
                        /** @description The address of it */
                        lastUsedFrom: string | null;
                        /** @description Shown once */
                        secret: string;
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
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["AccountNotFound"];
            409: components["responses"]["IdempotencyRunningOrLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a key: not its secret
                 * @example key_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapMs": 3600000
                 *     }
                 */
                "application/json": {
                    /** @description 0 to 2592000000 milliseconds, a day (86400000) unless said */
                    overlapMs?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_4kq7m2ws9xbd3h6n",
                     *       "name": "panel",
                     *       "owner": "r@example.com",
                     *       "hint": "hg_live_8rT2",
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "lastUsedFrom": null,
                     *       "secret": "hg_live_8rT2vKq7mZx4NcW9bLp3Ds6fQ7hJ5gAyEuRkVnXtCwPz"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The email address of the account that the key speaks for */
                        owner: string;
                        /** @description The first characters of the secret */
                        hint: string;
                        scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                        /**
                         * Format: date-time
                         * @description When the key was minted
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends; null: never
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was ended
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description To about a minute; null: never
                         */
                        lastUsedAt: string | null;
                        /** @description The address of it */
                        lastUsedFrom: string | null;
                        /** @description Shown once */
                        secret: string;
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
                        code: "invalid_field" | "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["KeyNotFound"];
            409: components["responses"]["IdempotencyRunningOrLimitReached"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 printable ASCII characters without spaces. The same request under the same key is done once, for a day */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of a key: not its secret
                 * @example key_4kq7m2ws9xbd3h6n
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
                     *       "id": "key_4kq7m2ws9xbd3h6n",
                     *       "name": "panel",
                     *       "owner": "r@example.com",
                     *       "hint": "hg_live_8rT2",
                     *       "scopes": [
                     *         "reseller:read",
                     *         "reseller:write"
                     *       ],
                     *       "createdAt": "2026-05-04T10:00:00.000Z",
                     *       "expiresAt": null,
                     *       "revokedAt": "2026-05-06T10:00:00.000Z",
                     *       "lastUsedAt": "2026-05-05T08:15:00.000Z",
                     *       "lastUsedFrom": "198.51.100.7"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        /** @description The email address of the account that the key speaks for */
                        owner: string;
                        /** @description The first characters of the secret */
                        hint: string;
                        scopes: ("reseller:read" | "reseller:write" | "reseller:signup" | "reseller:credit" | "admin:read" | "admin:write" | "user:read" | "user:write")[];
                        /**
                         * Format: date-time
                         * @description When the key was minted
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends; null: never
                         */
                        expiresAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was ended
                         */
                        revokedAt: string | null;
                        /**
                         * Format: date-time
                         * @description To about a minute; null: never
                         */
                        lastUsedAt: string | null;
                        /** @description The address of it */
                        lastUsedFrom: string | null;
                    };
                };
            };
            400: components["responses"]["InvalidFieldOrMalformedBody"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSiteOrReservedFor"];
            404: components["responses"]["KeyNotFound"];
            409: components["responses"]["IdempotencyRunning"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyMismatch"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendLedger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description an id
                 * @example rec_4kq7m2ws9xbd3h6n
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example external_ref,kind,amount_usd,at
                 *     txn_abc123,topup,25.00,2026-05-04T10:00:00Z
                 */
                "text/csv": string;
                /**
                 * @example [
                 *       {
                 *         "external_ref": "txn_abc123",
                 *         "kind": "topup",
                 *         "amount_usd": "25.00",
                 *         "at": "2026-05-04T10:00:00Z"
                 *       }
                 *     ]
                 */
                "application/json": Record<string, never>[];
                /** @example {"external_ref":"txn_abc123","kind":"topup","amount_usd":"25.00","at":"2026-05-04T10:00:00Z"} */
                "application/x-ndjson": string;
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
                     *       "id": "rec_4kq7m2ws9xbd3h6n",
                     *       "account": "acc_4kq7m2ws9xbd3h6n",
                     *       "storeCode": "MYSTORE",
                     *       "source": "upload",
                     *       "from": "2026-05-01T00:00:00.000Z",
                     *       "to": "2026-06-01T00:00:00.000Z",
                     *       "graceSeconds": 3600,
                     *       "toleranceCents": 0,
                     *       "status": "done",
                     *       "error": null,
                     *       "createdAt": "2026-06-02T08:00:00.000Z",
                     *       "finishedAt": "2026-06-02T08:00:09.000Z",
                     *       "percent": 100,
                     *       "theirLines": 10400,
                     *       "unreadableLines": 0,
                     *       "ourEvents": 10399,
                     *       "matched": 10398,
                     *       "missingHere": 2,
                     *       "missingThere": 0,
                     *       "amountDiffers": 1,
                     *       "kindDiffers": 0,
                     *       "doubled": 0,
                     *       "lagging": 0
                     *     }
                     */
                    "application/json": {
                        id: string;
                        /** @description Whose ledger it is */
                        account: string;
                        /** @description Of a reseller */
                        storeCode: string | null;
                        /**
                         * @description Whether the ledger is sent, or fetched from the address that is set
                         * @enum {string}
                         */
                        source: "upload" | "pull";
                        /**
                         * Format: date-time
                         * @description The beginning of the period
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Its end, not part of it any more
                         */
                        to: string;
                        /** @description Each side may have an event this much later than the other */
                        graceSeconds: number;
                        /** @description Amounts that differ by no more are the same */
                        toleranceCents: number;
                        /**
                         * @description It waits for a ledger, reads it, compares, is done; or it failed
                         * @enum {string}
                         */
                        status: "waiting" | "reading" | "matching" | "done" | "failed";
                        /** @description Why the ledger could not be read */
                        error: string | null;
                        /**
                         * Format: date-time
                         * @description When it was begun
                         */
                        createdAt: string;
                        /**
                         * Format: date-time
                         * @description When it was done, or failed
                         */
                        finishedAt: string | null;
                        /** @description Of the comparison */
                        percent: number;
                        /** @description Lines of the ledger that were read */
                        theirLines: number;
                        /** @description Lines that say nothing that could be compared */
                        unreadableLines: number;
                        /** @description Recorded here in the period; null until they are laid beside the ledger */
                        ourEvents: number | null;
                        /** @description The same on both sides */
                        matched: number;
                        /** @description In the ledger, and not recorded here */
                        missingHere: number;
                        /** @description Recorded here, and not in the ledger */
                        missingThere: number;
                        /** @description Of the same kind, with another amount */
                        amountDiffers: number;
                        /** @description Of another kind */
                        kindDiffers: number;
                        /** @description More often on one side than on the other */
                        doubled: number;
                        /** @description Too near an end of the period, or to now, to be missed on the other side */
                        lagging: number;
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
                        code: "malformed_body";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrCrossSite"];
            404: components["responses"]["ReconciliationNotFound"];
            /** @description Conflict */
            409: {
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
                        code: "reconciliation_state" | "limit_reached";
                        errors?: {
                            field: string;
                            /** @description Completes “the field must be …” */
                            expected: string;
                        }[];
                    };
                };
            };
            /** @description Payload Too Large */
            413: {
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
            415: {
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
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
