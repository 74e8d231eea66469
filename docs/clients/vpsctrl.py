"""A panel with the VPSCtrl API: signs a customer up, reports what it pays, and reports it again after a lost answer."""
import os

import requests

API = os.environ["HEADGATE_URL"] + "/api/v1"
session = requests.Session()
session.headers["Authorization"] = "Bearer " + os.environ["HEADGATE_KEY"]


def call(method, path, body=None):
    response = session.request(method, API + path, json=body, timeout=30)
    answer = response.json()
    if not response.ok:
        raise SystemExit(f"{answer['error']}: {answer['message']}")
    return answer


person = {"email": "alice@example.com", "name": "Alice", "password": "correct-horse-42"}
signed_up = call("POST", "/reseller/signup", person)
print(f"{signed_up['email']} is signed up")

event = {
    "kind": "topup",
    "amount_usd": 25.00,
    "external_ref": "txn_1001",
    "meta": {"downstream_user": "alice@example.com"},
}
for _ in range(2):
    reported = call("POST", "/reseller/credit-event", event)
    print("reported before" if reported.get("duplicate") else "reported")

refund = {"kind": "refund", "amount_usd": -5.50, "external_ref": "txn_1002"}
print("refund reported" if call("POST", "/reseller/credit-event", refund)["ok"] else "refund lost")

me = call("GET", "/me")
print(f"{me['name']} ({me['role']}) holds {me['credits_usd']:.2f} USD")
