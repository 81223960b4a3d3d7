#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Drives the program traffic_package as people would. Usage: traffic_package_test.py PROGRAM FAKE_CLOUD_SERVER"""

import signal
import subprocess
import sys
import time

from order_world import refused
from program_case import INSTANCE, Case, run_side_by_side, shows
from scripted_server import fields_of, http_response

VIRTUAL = "932237369560662470"
NOTHING_ORDERED, DECLINED = 1, 10
LEDGER = ("DescribeCustomerBalance", "DescribeBillDetail", "DescribeTransactionHistory")


class InMemory(Case):
    def test_each_command(self):
        for arguments, code, text in (
            (["show"], 0, "1317411024418017282"),
            (["show", "--instance", INSTANCE], 0, "0.1 TB"),
            (["show", "--instance", "932237369560662470", "--service", "vm"], 0, "0.1 TB"),
            (["price", "--instance", INSTANCE, "--size", "0.2"], 0, "price      8"),
            (["change", "--instance", INSTANCE, "--size", "0.15"], 0, "DONE"),
            (["change", "--instance", INSTANCE, "--size", "0.05"], 0, "PLANNED"),
            (["change", "--instance", INSTANCE, "--size", "0.1"], 0, "DONE"),
            (["cancel", "--instance", "932237369560662468"], 0, "DONE"),
            (["watch", "--instance", "932237369560662467"], 0, "package    0.2 TB"),
            (["show", "--service", "vm"], 0, "932237369560662470"),
            (["balance"], 0, "to spend   100"),
            (["bills", "--instance", INSTANCE], 0, "proves nothing"),
            (["bills", "--instance", INSTANCE, "--month", "202612"], 0, "proves nothing"),
            (["change", "--instance", INSTANCE, "--size", "0.15", "--ledger"], 0, "ledger     receipt of this order"),
            (["watch", "--instance", "932237369560662467", "--ledger"], 0, "package    0.2 TB"),
        ):
            done = self.run_it(*arguments)
            self.assertEqual(done.returncode, code, (arguments, done.stdout, done.stderr))
            self.assertIn(text, done.stdout, arguments)

    def test_refusals_order_nothing(self):
        for arguments, code in (
            (["--instance", "932237369560662464", "--size", "1"], "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT"),
            (["--instance", "932237369560662465", "--size", "1"], "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"),
            (["--instance", "1", "--size", "1"], "INVALID_INSTANCE_NOT_FOUND"),
            (["--instance", INSTANCE, "--size", "100.05"], "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"),
        ):
            status, result = self.run_json("change", *arguments)
            self.assertEqual((status, result["error"]["apiCode"]), (1, code))
            self.assertEqual(result["error"]["outcome"], "not_executed")

    def test_a_size_between_the_steps_names_its_neighbours(self):
        done = self.run_it("change", "--instance", INSTANCE, "--size", "0.07")
        self.assertEqual(done.returncode, 1)
        self.assertIn("0.05 and 0.1", done.stdout)

    def test_a_price_above_the_limit_is_not_paid(self):
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", "1", "--price-limit", "1.00")
        self.assertEqual((status, result["error"]["code"]), (1, "price_above_limit"))

    def test_wrong_arguments(self):
        for arguments in (
            [], ["fly"], ["change"], ["change", "--instance", "1"], ["show", "--size", "1"], ["show", "--instance"],
            ["price", "--instance", "1", "--size", "much"], ["show", "--service", "cdn"], ["show", "--wings"],
            ["change", "--instance", "1", "--size", "1", "--deadline", "soon"],
            ["change", "--instance", "1", "--size", "1", "--price-limit", "cheap"],
            ["bills"], ["balance", "--instance", "1"], ["balance", "--size", "1"], ["show", "--month", "202612"],
            ["bills", "--instance", "1", "--month", "202613"], ["bills", "--instance", "1", "--month", "soon"],
            ["show", "--ledger"], ["cancel", "--instance", "1", "--ledger"],
            ["show", "--endpoint", "console.zenlayer.com"], ["show", "--endpoint", "http://example.com", "--live"], ["show", "--live"],
        ):
            done = self.run_it(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertRegex(done.stderr, r"\nTry: traffic_package (\w+ )?--help\n$")

    def test_verbose_shows_requests_without_secrets(self):
        done = self.run_it("show", "--instance", INSTANCE, "--verbose")
        self.assertIn("Signature=***", done.stderr)
        self.assertIn("HTTP status 200", done.stderr)

    def test_a_result_that_cannot_be_written_is_no_success_but_a_job_keeps_its_code(self):
        for arguments, code, text in ((("show", "--json"), 1, ""), (("show",), 1, ""), (("--help",), 1, ""),
                                      (("change", "--instance", INSTANCE, "--size", "0.2", "--json"), 0, "DONE")):
            with self.subTest(arguments), open("/dev/full", "w", encoding="ascii") as full:
                done = subprocess.run(self.command(*arguments), stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE,
                                      text=True, check=False, timeout=60, env=self.environment())
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn("could not be written: No space left", done.stderr)
                self.assertIn(text, done.stderr)


class TheLedger(Case):
    def test_balance_and_bills_agree_with_what_was_ordered(self):
        server = self.serve("--processing-seconds", "1")
        before = self.run_json("balance", server=server)[1]
        status, ordered = self.run_json("change", "--instance", INSTANCE, "--size", "0.2", "--yes", "--ledger", server=server)
        self.assertEqual((status, ordered["ledger"]["kind"]), (0, "receipt"), ordered)
        self.assertEqual(ordered["ledger"]["orderSn"], ordered["orderNumber"])
        self.assertEqual(float(ordered["ledger"]["amount"]), 8)
        after = self.run_json("balance", server=server)[1]
        self.assertEqual(float(before["purchasingPower"]) - float(after["purchasingPower"]), 8)
        status, result = self.run_json("bills", "--instance", INSTANCE, server=server)
        self.assertEqual((status, [line["orderSn"] for line in result["bills"]]), (0, [ordered["orderNumber"]]))
        self.assertEqual(self.run_json("bills", "--instance", "932237369560662470", server=server)[1]["bills"], [])

    def test_a_change_without_the_option_asks_no_ledger(self):
        wire = self.wire(self.serve("--processing-seconds", "1"))
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", "0.2", "--yes", server=wire)
        self.assertEqual((status, result["ledger"]), (0, None))
        self.assertEqual([action for action in wire.actions if action in LEDGER], [])

    def test_a_price_above_the_balance_is_a_warning_and_no_more(self):
        wire = self.wire(self.serve("--processing-seconds", "1"))
        wire.script["DescribeCustomerBalance"] = [shows(purchasingPower=7.99)]
        change = ("change", "--instance", INSTANCE, "--size", "0.2", "--ledger")
        done = self.run_it(*change, server=wire, stdin="no\n")
        self.assertEqual(done.returncode, DECLINED)
        self.assertIn("WARNING: the price is above what the account may spend: 7.99", done.stderr)
        self.assertIn("PAID ORDER", done.stderr)
        done = self.run_it(*change, "--yes", server=wire)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("WARNING: the price is above", done.stderr)
        wire.script["DescribeCustomerBalance"] = [shows(purchasingPower=8)]
        done = self.run_it("change", "--instance", INSTANCE, "--size", "0.3", "--ledger", server=wire, stdin="no\n")
        self.assertIn("to spend   8\n", done.stderr)
        self.assertNotIn("WARNING", done.stderr)

    def test_of_an_order_whose_response_is_lost_the_ledger_shows_that_something_was_bought(self):
        wire = self.wire(self.serve("--processing-seconds", "1"))
        wire.script["ModifyInstanceTrafficPackage"] = [lambda request, pass_on: pass_on(request) and None]
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", "0.2", "--yes", "--ledger", server=wire)
        self.assertEqual((status, result["order"], result["ledger"]["kind"]), (0, "unknown", "new_charge"), result)
        self.assertIn("something was bought", result["advice"])

    def test_without_permission_the_job_is_as_without_a_ledger(self):
        wire = self.wire(self.serve("--processing-seconds", "1"))
        denied = http_response(401, b'{"requestId":"T","code":"AUTHFAILURE_UNAUTHORIZED_OPERATION","message":"no"}')
        for action in LEDGER:
            wire.script[action] = [lambda _, __: denied]
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", "0.2", "--yes", "--ledger", server=wire)
        self.assertEqual((status, result["order"], result["ledger"]), (0, "accepted", None))
        for command in (["balance"], ["bills", "--instance", INSTANCE]):
            status, result = self.run_json(*command, server=wire)
            self.assertEqual((status, result["error"]["apiCode"]), (1, "AUTHFAILURE_UNAUTHORIZED_OPERATION"))

    def test_a_read_that_fails_moved_no_money(self):
        wire = self.wire(self.serve())
        for command, action in ((["balance"], LEDGER[0]), (["bills", "--instance", "1"], LEDGER[1]),
                                (["show", "--service", "vm"], "DescribeInstances")):
            wire.script[action] = [refused(200, b"{")]
            done = self.run_it(*command, server=wire)
            self.assertEqual(done.returncode, 1)
            self.assertIn("no money moved", done.stderr)
            self.assertNotIn("cost money", done.stderr)


class OnAServer(Case):
    def test_the_whole_job_for_a_machine_to_read(self):
        server = self.serve("--processing-seconds", "1")
        status, result = self.run_json("show", server=server)
        self.assertEqual((status, len(result["instances"])), (0, 8))
        status, result = self.run_json("price", "--instance", INSTANCE, "--size", "0.2", server=server)
        self.assertEqual((status, result["prices"][0]["discountPrice"]), (0, 8))
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", "0.2", "--yes", server=server)
        self.assertEqual((status, result["instance"], result["trafficPackageSize"]), (0, "reached", 0.2))
        self.assertEqual(len(result["orderNumber"]), 13)
        self.assertEqual(self.jobs(), [])
        self.assertEqual(len(server.stop()["orders"]), 1)

    def test_a_size_that_a_planned_downgrade_will_take_away_is_not_done(self):
        server = self.serve()
        before = self.run_json("show", "--instance", INSTANCE, server=server)[1]["instances"][0]["trafficPackageSize"]
        self.run_json("change", "--instance", INSTANCE, "--size", "0.05", "--yes", server=server)
        status, result = self.run_json("change", "--instance", INSTANCE, "--size", str(before), "--yes", server=server)
        self.assertEqual((status, result["instance"], result["order"]), (NOTHING_ORDERED, "reached", "none"), result)
        self.assertEqual(len(server.stop()["orders"]), 1)

    def test_it_asks_before_it_pays(self):
        server = self.serve()
        done = self.run_it("change", "--instance", INSTANCE, "--size", "0.2", server=server, stdin="no\n")
        self.assertEqual(done.returncode, DECLINED)
        self.assertIn("PAID ORDER", done.stderr)
        self.assertIn("price      8", done.stderr)
        self.assertEqual(server.stop()["orders"], [])

    def test_after_ctrl_c_the_same_command_goes_on_and_pays_once(self):
        for number, code in ((signal.SIGINT, 4), (signal.SIGKILL, -9)):
            server = self.serve("--processing-seconds", "2")
            arguments = ("change", "--instance", INSTANCE, "--size", "0.2", "--yes")
            first = self.start(*arguments, server=server)
            self.wait_for_job()
            time.sleep(0.5)
            first.send_signal(number)
            output = first.communicate(timeout=30)[0]
            self.assertEqual(first.returncode, code, output)
            status, result = self.run_json(*arguments, server=server)
            self.assertEqual((status, result["instance"]), (0, "reached"), result)
            self.assertEqual(self.jobs(), [])
            summary = server.stop()
            self.assertEqual([order["trafficPackageSize"] for order in summary["orders"]], ["0.2"])

    def test_a_lost_response_is_looked_for_and_not_ordered_again(self):
        instance = {"instanceId": "1", "trafficPackageSize": 1}
        nothing = [{"kind": "none"}] * 3
        fixture = {"instances": [instance], "settings": {"processingSeconds": 1}, "faults": [*nothing, {"kind": "response_lost"}]}
        server = self.serve(fixture=fixture)
        status, result = self.run_json("change", "--instance", "1", "--size", "2", "--yes", server=server)
        self.assertEqual((status, result["instance"]), (0, "reached"), result)
        self.assertEqual(len(server.stop()["orders"]), 1)

    def test_a_job_at_one_cloud_is_not_ended_by_another_cloud(self):
        nothing = [{"kind": "none"}] * 3
        late = {"instances": [{"instanceId": "1", "trafficPackageSize": 1}], "settings": {"processingSeconds": 0},
                "faults": [*nothing, {"kind": "late", "seconds": 5}]}
        first = self.serve(fixture=late)
        second = self.serve(fixture={"instances": [{"instanceId": "1", "trafficPackageSize": 2}]})
        arguments = ("change", "--instance", "1", "--size", "2", "--yes")
        self.assertEqual(self.run_json(*arguments, "--deadline", "2", server=first)[0], 3)
        status, result = self.run_json(*arguments, server=second)
        self.assertEqual(status, 9, result)
        for address in (first.address, second.address):
            self.assertIn(address, result["error"]["message"])
        time.sleep(6)  # until the late order arrives: the job's deadline is over, so each start looks once
        status, result = self.run_json(*arguments, server=first)
        self.assertEqual((status, result["instance"]), (0, "reached"), result)
        summary = first.stop()
        self.assertEqual(len(summary["orders"]), 1)
        self.assertEqual(second.stop()["orders"], [])

    def test_a_signal_at_the_question_orders_nothing(self):
        server = self.serve()
        for number in (signal.SIGINT, signal.SIGTERM):
            process = subprocess.Popen(
                self.command("change", "--instance", INSTANCE, "--size", "0.2", server=server), stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment(),
            )
            while "PAID ORDER" not in (line := process.stdout.readline()):
                self.assertTrue(line)
            time.sleep(0.3)
            process.send_signal(number)
            output = process.communicate(timeout=30)[0]
            self.assertEqual(process.returncode, 4, output)
            self.assertIn("nothing was ordered", output)
        self.assertEqual(self.jobs(), [])
        self.assertEqual(server.stop()["orders"], [])

    def test_an_accepted_order_whose_effect_is_not_seen_yet_is_under_way(self):
        server = self.serve("--processing-seconds", "600")
        arguments = ("change", "--instance", INSTANCE, "--size", "0.2", "--yes", "--deadline", "3")
        status, result = self.run_json(*arguments, server=server)
        self.assertEqual((status, result["order"]), (5, "accepted"), result)
        self.assertEqual(len(result["orderNumber"]), 13)
        self.assertEqual(len(server.stop()["orders"]), 1)

    def test_a_deadline_ends_the_search_and_keeps_the_job(self):
        instance = {"instanceId": "1", "trafficPackageSize": 1}
        nothing = [{"kind": "none"}] * 3
        server = self.serve(fixture={"instances": [instance], "faults": [*nothing, {"kind": "request_lost"}]})
        arguments = ("change", "--instance", "1", "--size", "2", "--yes", "--deadline", "2")
        status, result = self.run_json(*arguments, server=server)
        self.assertEqual((status, result["order"]), (3, "unknown"), result)
        self.assertEqual(len(self.jobs()), 1)
        self.assertEqual(server.stop()["orders"], [])

    def test_watching_ends_when_nothing_is_under_way(self):
        server = self.serve("--processing-seconds", "1")
        done = self.run_it("watch", "--instance", INSTANCE, server=server)
        self.assertEqual(done.returncode, 0)
        self.assertIn("package    0.1 TB", done.stdout)


class VirtualMachines(Case):
    """Each command with --service vm."""

    def vm(self, command, *arguments, server, **more):
        """The exit code and the JSON of a command about the one virtual machine."""
        status, result = self.run_json(command, "--service", "vm", "--instance", VIRTUAL, *arguments, server=server, **more)
        self.assertEqual((result["service"], result["instanceId"]), ("vm", VIRTUAL))
        return status, result

    def test_what_only_reads(self):
        server = self.serve()
        status, result = self.run_json("show", "--service", "vm", server=server)
        self.assertEqual((status, [each["instanceId"] for each in result["instances"]]), (0, [VIRTUAL]))
        self.assertNotIn(VIRTUAL, self.run_it("show", server=server).stdout)
        status, result = self.vm("show", server=server)
        self.assertEqual((status, result["instances"][0]["trafficPackageSize"]), (0, 0.1))
        status, result = self.vm("price", "--size", "0.2", server=server)
        self.assertEqual((status, result["prices"][0]["discountPrice"]), (0, 8))
        self.assertEqual(self.vm("bills", server=server)[1]["bills"], [])
        self.assertEqual(self.run_json("balance", "--service", "vm", server=server)[1]["purchasingPower"], 1000)
        status, result = self.vm("watch", server=server)
        self.assertEqual((status, result["instances"][0]["instanceId"]), (0, VIRTUAL))
        status, result = self.vm("change", "--size", "0.2", "--dry-run", server=server)
        self.assertEqual((status, result["dryRun"], result["order"]), (0, True, "none"))
        self.assertEqual(server.stop()["orders"], [])

    def test_a_change_and_its_bill(self):
        wire = self.wire(self.serve("--processing-seconds", "1"))
        # no multiple of 0.05, which is a rule of bmc
        status, result = self.vm("change", "--size", "0.17", "--yes", server=wire)
        self.assertEqual((status, result["instance"], result["trafficPackageSize"]), (0, "reached", 0.17), result)
        self.assertEqual(len(wire.orders), 1)
        self.assertTrue(wire.orders[0].startswith(b"POST /api/v2/vm HTTP/1.1\r\n"))
        self.assertEqual(dict(fields_of(wire.orders[0]))["x-zc-service"], "vm")
        self.assertEqual([bill["orderSn"] for bill in self.vm("bills", server=wire)[1]["bills"]], [result["orderNumber"]])

    def test_a_planned_downgrade_is_cancelled(self):
        server = self.serve("--processing-seconds", "1")
        status, result = self.vm("change", "--size", "0.05", "--yes", server=server)
        self.assertEqual((status, result["instance"]), (0, "planned"), result)
        self.assertEqual(self.vm("show", server=server)[1]["instances"][0]["modifiedTrafficPackageSize"], 0.05)
        status, result = self.vm("cancel", "--yes", server=server)
        self.assertEqual((status, result["instance"], result["order"]), (0, "reached", "accepted"), result)

    def test_a_job_is_watched_and_forgotten(self):
        server = self.serve("--processing-seconds", "600")
        status, result = self.vm("change", "--size", "0.2", "--yes", "--deadline", "2", server=server)
        self.assertEqual((status, [job.name for job in self.jobs()]), (5, [f"vm.{VIRTUAL}.job"]), result)
        status, result = self.vm("watch", server=server)
        self.assertEqual((status, result["order"], result["job"]["file"]), (5, "accepted", str(self.jobs()[0])))
        self.assertFalse(self.run_json("forget", "--instance", VIRTUAL, server=server)[1]["forgotten"])
        self.assertEqual(len(self.jobs()), 1)  # that was the job of a bmc instance of the same name, which there is not
        status, result = self.vm("forget", server=server, stdin=VIRTUAL + " anyway\n")
        self.assertEqual((status, result["forgotten"], self.jobs()), (0, True, []))
        self.assertEqual(len(server.stop()["orders"]), 1)


if __name__ == "__main__":
    sys.exit(run_side_by_side((InMemory, OnAServer, TheLedger, VirtualMachines)))
