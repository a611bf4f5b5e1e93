import unittest
from unittest import mock

import boto3


class Test(unittest.TestCase):
    def setUp(self):
        self.queue = boto3.resource("sqs").create_queue(QueueName="tested")

    def test_a_message_comes_back(self):
        self.queue.send_message(MessageBody="x")
        self.assertEqual([m.body for m in self.queue.receive_messages()], ["x"])

    def test_time_can_be_mocked(self):
        import time

        with mock.patch("time.sleep") as sleep:
            time.sleep(100)
        sleep.assert_called_once_with(100)


unittest.main(argv=["main.py"], verbosity=2)
