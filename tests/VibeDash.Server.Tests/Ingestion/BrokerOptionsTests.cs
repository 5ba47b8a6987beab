using VibeDash.Server.Mqtt;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class BrokerOptionsTests
{
    [Theory]
    [InlineData("127.0.0.1", "", false, null, false)]
    [InlineData("::1", "", false, null, false)]
    [InlineData("0.0.0.0", "", false, null, true)]
    [InlineData("10.0.0.7", "", false, 8883, true)]
    [InlineData("10.0.0.7", "", true, null, false)]
    [InlineData("0.0.0.0", "broker.plant", false, null, false)]
    public void Keys_cross_a_network_in_clear_beyond_loopback_where_the_port_has_no_TLS(string address, string host, bool tls, int? tlsPort, bool isInClear) =>
        new BrokerOptions { ListenAddress = address, Host = host, Tls = tls, TlsPort = tlsPort }.IsInClear.ShouldBe(isInClear);
}
