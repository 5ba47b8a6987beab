using System.CommandLine;
using VibeDash.Simulator;
using VibeDash.Simulator.Sending;

namespace VibeDash.Core.Tests.Simulator;

public sealed class SimulatorCommandTests
{
    [Theory]
    [InlineData("--sensors", "0")]
    [InlineData("--sensors", "100001")]
    [InlineData("--sensors", "many")]
    [InlineData("--sensors", "1.5")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "-1")]
    [InlineData("--rate", "NaN")]
    [InlineData("--rate", "1000001")]
    [InlineData("--duration", "-1")]
    [InlineData("--duration", "864001")]
    [InlineData("--broker", "host:")]
    [InlineData("--broker", "host:0")]
    [InlineData("--broker", "host:65536")]
    [InlineData("--broker", ":1883")]
    [InlineData("--broker", "mqtt://host")]
    [InlineData("--seed", "x")]
    [InlineData("--window", "0")]
    [InlineData("--window", "10001")]
    [InlineData("--connections", "0")]
    [InlineData("--connections", "101")]
    [InlineData("--acknowledged", "/no/such/folder/file")]
    public void A_wrong_value_gives_one_line_with_the_option_the_value_and_what_is_allowed(string option, string value)
    {
        var fault = Parse(option, value).Errors.ShouldHaveSingleItem().Message;

        fault.ShouldStartWith($"{option} '{value}' is not allowed: expected ");
        fault.ShouldNotContain("\n");
    }

    [Fact]
    public void A_password_needs_a_user() => Parse("--password", "x").Errors.ShouldHaveSingleItem().Message.ShouldBe("--password is not allowed without --user.");

    [Fact]
    public void The_usual_line_is_understood() =>
        Parse("--sensors", "6", "--rate", "2", "--duration", "60", "--broker", "127.0.0.1:1883", "--seed", "1", "--user", "u", "--password", "p").Errors.ShouldBeEmpty();

    [Fact]
    public void Nothing_needs_to_be_said() => Parse().Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("plant", "plant", 1883, "plant:1883")]
    [InlineData("plant:8883", "plant", 8883, "plant:8883")]
    [InlineData("10.0.0.7:1", "10.0.0.7", 1, "10.0.0.7:1")]
    [InlineData("[::1]:65535", "::1", 65535, "[::1]:65535")]
    [InlineData("[::1]", "::1", 1883, "[::1]:1883")]
    public void A_broker_is_a_host_and_perhaps_a_port(string text, string host, int port, string written)
    {
        BrokerAddress.TryParse(text, out var address).ShouldBeTrue();
        (address.Host, address.Port, address.ToString()).ShouldBe((host, port, written));
    }

    private static ParseResult Parse(params string[] arguments) => SimulatorCommand.Create(TimeProvider.System).Parse(arguments);
}
